// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  type Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import { Knex } from 'knex';
import {
  CALLBACK_URL,
  SetUp,
  setUpConnections,
  SOMEBODY,
} from './__testUtils__/setUp';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const OTHER = 'user:default/somebody.else';

describe.each(databases.eachSupportedId())('Authorizations on %p', id => {
  let sandbox: Sandbox;
  let knex: Knex;
  let room: SetUp;

  beforeEach(async () => {
    sandbox = await startSandbox();
    knex = await databases.init(id);
    room = await setUpConnections(knex, sandbox);
  });

  afterEach(async () => {
    await room.connections.close();
    await sandbox.close();
  });

  const make = (site?: string) =>
    room.create({ id: 'acme', site, auth: [{ method: 'oauth' }] });
  const complete = (answer: { code: string; state: string }, who = SOMEBODY) =>
    room.setup.authorizations.complete('acme', answer, who);

  /** Goes to Atlassian and comes back. */
  async function grant(
    sites?: string[],
    more: { account?: string; scopes?: string[] } = {},
  ) {
    const url = new URL(
      await room.setup.authorizations.start('acme', SOMEBODY),
    );
    const query = url.searchParams;
    const code = await sandbox.oauth.authorize({
      scopes: (query.get('scope') ?? '').split(' '),
      redirectUri: query.get('redirect_uri') ?? '',
      sites,
      ...more,
    });
    return { url, code, state: query.get('state') ?? '' };
  }

  it('asks for what the purposes need, for a token that lasts', async () => {
    await make(sandbox.secondSiteUrl);
    const { url } = await grant();
    expect(url.origin).toBe(sandbox.authUrl);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      audience: 'api.atlassian.com',
      response_type: 'code',
      prompt: 'consent',
      redirect_uri: CALLBACK_URL,
      scope: expect.stringMatching(/read:page:confluence.*offline_access/),
      state: expect.stringMatching(/^[\w-]{43}\.acme$/),
    });
  });

  it('stores the grant of the site that was named', async () => {
    await make(sandbox.secondSiteUrl);
    const { code, state } = await grant();
    const sites = await complete({ code, state });
    expect(sites.map(({ site }) => site).sort()).toEqual(
      [sandbox.siteUrl, sandbox.secondSiteUrl].sort(),
    );
    const test = await room.setup.tests.test('acme');
    expect(test).toMatchObject({ ok: true, credentials: [{ ok: true }] });
    const rows = JSON.stringify(await knex('connection_credentials'));
    sandbox.secrets().forEach(secret => expect(rows).not.toContain(secret));
  });

  it('takes the one site that is possible, and else leaves the choice', async () => {
    await make();
    const one = await grant([sandbox.secondCloudId]);
    await complete(one);
    expect(room.connections.get('acme').site).toBe(sandbox.secondSiteUrl);

    await room.create({
      id: 'taken',
      site: sandbox.siteUrl,
      auth: [{ method: 'api-token', ...sandbox.credentials.apiToken }],
    });
    const several = await grant();
    expect(await complete(several)).toContainEqual(
      expect.objectContaining({
        site: sandbox.siteUrl,
        problem: {
          code: 'site-connected',
          text: expect.stringContaining('already'),
          cure: expect.stringContaining('delete the other'),
        },
      }),
    );
  });

  it('chooses nothing where several are possible', async () => {
    await make();
    expect(await complete(await grant())).toHaveLength(2);
    expect(room.connections.get('acme').site).toBeUndefined();
    await room.setup.settings.update(
      'acme',
      { site: sandbox.secondSiteUrl },
      SOMEBODY,
    );
    expect((await room.setup.tests.test('acme')).ok).toBe(true);
  });

  it('lets a state be used once, by the same person, for ten minutes', async () => {
    await make(sandbox.secondSiteUrl);
    const { code, state } = await grant();
    await expect(complete({ code, state }, OTHER)).rejects.toThrow(
      'Another person was sent to Atlassian',
    );
    // Whoever tried has used it up.
    await expect(complete({ code, state })).rejects.toThrow(
      'state is not known any more',
    );
    const second = await grant();
    await knex('connection_authorizations').update({
      expires_at: new Date(Date.now() - 1).toISOString(),
    });
    await expect(complete(second)).rejects.toThrow('state is not known');
    const third = await grant();
    await complete(third);
    await expect(complete(third)).rejects.toThrow('state is not known');
    const fourth = await grant();
    await expect(complete({ ...fourth, code: third.code })).rejects.toThrow(
      'code: Atlassian does not accept it',
    );
    const racing = await grant();
    const tried = await Promise.allSettled([
      complete(racing),
      complete(racing),
    ]);
    expect(tried.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
  });

  it('grants nothing to a connection that was made after somebody was sent', async () => {
    await make(sandbox.secondSiteUrl);
    const late = await grant();
    const ending = {
      history: 'keep',
      entities: 'remove',
      revision: 1,
    } as const;
    await room.setup.settings.end('acme', ending, SOMEBODY);
    await make(sandbox.secondSiteUrl);
    await expect(complete(late)).rejects.toThrow('state is not known');
  });

  it('asks to reconnect when the grant has died, and takes a new one', async () => {
    await make(sandbox.secondSiteUrl);
    await complete(await grant());
    await room.setup.settings.update('acme', { enabled: true }, SOMEBODY);
    sandbox.oauth.revokeGrants();
    const dead = await room.setup.tests.test('acme');
    expect(dead.credentials).toMatchObject([
      { ok: false, problem: { code: 'reconnect' } },
    ]);
    const elsewhere = await grant([sandbox.siteUrl]);
    await expect(complete(elsewhere)).rejects.toThrow(
      /the grant does not open .*Nothing was changed/,
    );
    await complete(await grant());
    expect((await room.setup.tests.test('acme')).ok).toBe(true);
  });

  it('keeps a grant that works when the new one does not', async () => {
    await make(sandbox.secondSiteUrl);
    await complete(await grant());
    await room.setup.settings.update('acme', { enabled: true }, SOMEBODY);
    const few = await grant(undefined, {
      scopes: ['read:group:confluence', 'offline_access'],
    });
    await expect(complete(few)).rejects.toThrow(
      /the grant lacks read:user:confluence, .*Nothing was changed/,
    );
    const { accountId: account } = sandbox.changes.account('wanda.ilesanmi');
    const outsider = await grant(undefined, { account });
    await expect(complete(outsider)).rejects.toThrow(
      /code: .*may not use Confluence.*Nothing was changed/,
    );
    expect((await room.setup.tests.test('acme')).ok).toBe(true);
    // One that has died is better replaced by a little than by nothing.
    sandbox.oauth.revokeGrants();
    expect((await room.setup.tests.test('acme')).ok).toBe(false);
    const little = ['read:content-details:confluence', 'offline_access'];
    await complete(await grant(undefined, { scopes: little }));
    expect((await room.setup.tests.test('acme')).ok).toBe(true);
  });

  it('stores no grant that does not open the site that was named', async () => {
    await make(sandbox.secondSiteUrl);
    await expect(complete(await grant([sandbox.siteUrl]))).rejects.toThrow(
      'the grant does not open',
    );
  });

  it('refuses who does not use OAuth', async () => {
    await room.create({ id: 'acme' });
    await expect(
      room.setup.authorizations.start('acme', SOMEBODY),
    ).rejects.toThrow('does not use OAuth');
  });
});
