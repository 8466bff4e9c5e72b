// SPDX-License-Identifier: Apache-2.0
import { hostname } from 'node:os';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  type Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import { Knex } from 'knex';
import { SetUp, setUpConnections, SOMEBODY } from './__testUtils__/setUp';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const ENDING = { history: 'keep', entities: 'remove', revision: 5 } as const;

describe.each(databases.eachSupportedId())('ConnectionSettings on %p', id => {
  let sandbox: Sandbox;
  let knex: Knex;
  let room: SetUp;
  let rooms: SetUp[];

  beforeEach(async () => {
    sandbox = await startSandbox();
    knex = await databases.init(id);
    rooms = [];
    room = await replica();
  });

  afterEach(async () => {
    await Promise.all(rooms.map(({ connections }) => connections.close()));
    await sandbox.close();
  });

  async function replica(more: Parameters<typeof setUpConnections>[2] = {}) {
    const made = await setUpConnections(knex, sandbox, more);
    rooms.push(made);
    return made;
  }

  const update = (changes: object) =>
    room.setup.settings.update('localhost', changes, SOMEBODY);
  const clientId = () => sandbox.credentials.serviceAccount.clientId;

  it('stores a connection that reads nothing yet, its secrets sealed', async () => {
    const { id: orgId, apiKey } = sandbox.credentials.organization;
    const made = await room.create({
      title: 'Ünïcode & Co.',
      owner: 'security',
      organization: { id: orgId, apiKey, expiresAt: '2027-01-31' },
    });
    expect(made).toMatchObject({
      id: 'u-ni-code-co',
      site: sandbox.secondSiteUrl,
      owner: 'group:default/security',
      enabled: false,
      begun: false,
      madeBy: SOMEBODY,
      organization: { id: orgId, expiresAt: '2027-01-31' },
    });
    expect(room.connections.list()).toEqual([]);
    expect(room.connections.all()).toEqual([made]);
    const rows = JSON.stringify([
      await knex('connections'),
      await knex('connection_credentials'),
      await knex('ledger_entries'),
    ]);
    expect(rows).not.toContain(sandbox.credentials.apiToken.token);
    expect(rows).not.toContain(apiKey);
    expect(await knex('ledger_entries').select('kind', 'actor')).toEqual([
      { kind: 'connection.created', actor: SOMEBODY },
    ]);
  });

  it('takes the address of a page for the site that it is on', async () => {
    const { site } = await room.create({
      site: ` ${sandbox.secondSiteUrl}/wiki/spaces/POL/overview `,
    });
    expect(site).toBe(sandbox.secondSiteUrl);
    expect(
      await update({ site: `${sandbox.secondSiteUrl}/wiki/home` }),
    ).toMatchObject({ site });
  });

  it('connects a site once, also when two replicas try at the same time', async () => {
    const other = await replica();
    const tried = await Promise.allSettled([
      room.create({ title: 'One' }),
      other.create({ title: 'Two' }),
    ]);
    expect(tried.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    await expect(room.create({ title: 'Three' })).rejects.toThrow(
      /site is connected already, as '(One|Two)'/,
    );
    await other.connections.reload();
    await room.connections.reload();
    expect(room.connections.all()).toEqual(other.connections.all());
  });

  it('refuses what cannot be right, and stores nothing', async () => {
    const own = hostname();
    const open = await replica({ allowedSites: [own, 'localhost'] });
    await expect(open.create({ site: `https://${own}` })).rejects.toThrow(
      /site '.+' leads to an address that is not public/,
    );
    await expect(
      room.create({ site: sandbox.secondSiteUrl.replace('http:', 'https:') }),
    ).rejects.toThrow(
      "site 'localhost' is this machine itself: enter http:// in front of it",
    );
    await expect(
      room.create({ site: `${sandbox.secondSiteUrl}/wiki?secret=1` }),
    ).rejects.toThrow('site must not contain credentials, a query');
    const keyless = await replica({ sealingKeys: [] });
    await expect(keyless.create({})).rejects.toThrow(
      /set confluenceCompliance.secrets.keys/,
    );
    const appless = await replica({ oauth: undefined });
    await expect(
      appless.create({ auth: [{ method: 'oauth' }] }),
    ).rejects.toThrow(/auth\[0\].method needs an OAuth app/);
    await expect(
      room.create({
        purposes: ['access-review'],
        auth: [
          {
            method: 'api-token',
            ...sandbox.credentials.apiToken,
            purposes: ['policy'],
          },
        ],
      }),
    ).rejects.toThrow(/auth has no method for the purpose 'access-review'/);
    for (const table of ['connections', 'connection_credentials']) {
      expect(await knex(table)).toEqual([]);
    }
  });

  it('keeps secrets that are not entered again, and asks for them when somebody else is named', async () => {
    await room.create({});
    const { email } = sandbox.credentials.apiToken;
    await update({ auth: [{ method: 'api-token', email }], title: 'New name' });
    expect((await room.setup.tests.test('localhost')).ok).toBe(true);
    await expect(
      update({ auth: [{ method: 'api-token', email: 'x@y.example' }] }),
    ).rejects.toThrow('auth[0].token is missing');
    await expect(
      update({ auth: [{ method: 'service-account', clientId: clientId() }] }),
    ).rejects.toThrow('auth[0].clientSecret is missing');
    // A token goes to the site itself: no other site gets one that is stored.
    await expect(update({ site: sandbox.siteUrl })).rejects.toThrow(
      'auth[0].token is missing',
    );
    expect(room.connections.get('localhost')).toMatchObject({
      title: 'New name',
      methods: [{ email }],
    });
  });

  it('tries a new credential before it replaces one that works', async () => {
    await room.create({});
    await update({ enabled: true });
    const { email } = sandbox.credentials.apiToken;
    const replace = (token: string) =>
      update({ auth: [{ method: 'api-token', email, token }] });
    await expect(replace('wrong')).rejects.toThrow(
      /auth\[0\].token: Atlassian does not accept the credential.*Nothing was changed/,
    );
    const opened = await room.connections.prepare('localhost');
    expect((await room.setup.tests.test('localhost')).ok).toBe(true);
    const { token } = sandbox.issueApiToken();
    await replace(token);
    sandbox.revokeToken(sandbox.credentials.apiToken.token);
    expect((await room.setup.tests.test('localhost')).ok).toBe(true);
    // What was begun with the old client may come to its end.
    expect(await room.connections.prepare('localhost')).not.toBe(opened);
    await expect(opened.access[0].client?.currentUser()).rejects.toThrow(
      'not accepted',
    );
    // A grant that nobody gave works no better than a wrong token.
    await expect(update({ auth: [{ method: 'oauth' }] })).rejects.toThrow(
      'auth[0].method: nobody has granted access yet',
    );
    // Another cloud id would be another site, whatever the address says.
    await expect(
      update({
        auth: [
          {
            method: 'scoped-api-token',
            ...sandbox.issueApiToken({ scopes: ['read:group:confluence'] }),
            cloudId: 'another-cloud',
          },
        ],
      }),
    ).rejects.toThrow('auth[0].cloudId cannot be changed any more');
    await expect(
      update({ organization: { id: 'org', apiKey: 'wrong' } }),
    ).rejects.toThrow(/organization.apiKey: .*Nothing was changed/);
  });

  it('is known to every replica, and changed by one at a time', async () => {
    const other = await replica();
    await room.create({});
    await update({ enabled: true });
    let told = 0;
    other.connections.onChange(async () => {
      told += 1;
    });
    expect(other.connections.list()).toEqual([]);
    await other.connections.reload();
    await other.connections.reload();
    expect(told).toBe(1);
    expect(other.connections.list()).toMatchObject([{ id: 'localhost' }]);
    expect((await other.setup.tests.test('localhost')).ok).toBe(true);
    const stale = room.connections.get('localhost');
    await other.setup.settings.update('localhost', { title: 'A' }, SOMEBODY);
    await expect(
      knex.transaction(tx => room.connections.rows.update(tx, stale)),
    ).rejects.toThrow('Somebody else has changed');
  });

  it('changes purposes, group, owner and whether it is read', async () => {
    await room.create({});
    await expect(update({ userGroup: 'no-such-group' })).rejects.toThrow(
      'userGroup: this group could not be read',
    );
    const { items } = await room.setup.tests.userGroups('localhost', 'users');
    const [{ id: groupId, name }] = items;
    await update({
      userGroup: groupId,
      owner: 'group:x/y',
      purposes: ['policy'],
    });
    expect(room.connections.get('localhost')).toMatchObject({
      userGroup: { id: groupId, name },
      owner: 'group:x/y',
      purposes: ['policy'],
    });
    await update({ userGroup: null, owner: null, enabled: true });
    await update({ enabled: false });
    const { userGroup, owner, begun, enabled } =
      room.connections.get('localhost');
    expect({ userGroup, owner, begun, enabled }).toEqual({
      begun: true,
      enabled: false,
    });
    await expect(update({ site: sandbox.siteUrl })).rejects.toThrow(
      'site cannot be changed any more',
    );
  });

  it('does not take what another replica has begun for a draft', async () => {
    const other = await replica();
    await room.create({});
    await other.connections.reload();
    const stale = other.connections.get('localhost');
    await update({ enabled: true });
    await expect(
      knex.transaction(tx => other.connections.rows.remove(tx, stale)),
    ).rejects.toThrow('Somebody else has changed');
    await other.setup.settings.end('localhost', ENDING, SOMEBODY);
    expect(other.connections.get('localhost').ended).toMatchObject(ENDING);
  });

  it('is not enabled before it has a site', async () => {
    await room.create({
      id: 'localhost',
      site: undefined,
      auth: [{ method: 'oauth' }],
    });
    await expect(update({ enabled: true })).rejects.toThrow('site is missing');
    await expect(
      update({
        auth: [{ method: 'api-token', ...sandbox.credentials.apiToken }],
      }),
    ).rejects.toThrow('site is missing');
  });

  it('ends without its secrets, and leaves nothing of what never began', async () => {
    await room.create({});
    await knex('connections_state').update({ capabilities: '{"groups":{}}' });
    await room.setup.settings.end('localhost', ENDING, SOMEBODY);
    expect(room.connections.all()).toEqual([]);
    expect(await knex('connections_state')).toEqual([]);
    await room.create({});
    await update({ enabled: true });
    await room.setup.settings.end('localhost', ENDING, SOMEBODY);
    expect(await knex('connection_credentials')).toEqual([]);
    expect(room.connections.list()).toEqual([]);
    expect(room.connections.get('localhost').ended).toMatchObject(ENDING);
    await expect(update({ enabled: true })).rejects.toThrow('has ended');
    // The site can be connected again.
    expect((await room.create({})).id).toBe('localhost-2');
    expect(
      (await knex('ledger_entries').orderBy('seq')).map(({ kind }) => kind),
    ).toEqual([
      'connection.created',
      'connection.ended',
      'connection.created',
      'connection.changed',
      'connection.ended',
      'connection.created',
    ]);
  });

  it('says on the ledger what was decided', async () => {
    await room.create({});
    await update({ owner: 'group:default/other', enabled: true });
    const [{ payload }] = await knex('ledger_entries')
      .where({ kind: 'connection.changed' })
      .select('payload');
    expect(JSON.parse(payload)).toMatchObject({
      changed: ['begun', 'enabled', 'owner'],
      owner: 'group:default/other',
      enabled: true,
    });
    await expect(update({ owner: 'x'.repeat(250) })).rejects.toThrow(
      'owner must have at most 255 characters',
    );
  });

  it('gives a site to one of two drafts', async () => {
    await room.create({});
    await room.create({ id: 'other', site: sandbox.siteUrl });
    const stale = await replica();
    const other = stale.connections.get('other');
    await expect(
      knex.transaction(tx =>
        stale.connections.rows.update(tx, {
          ...other,
          site: room.connections.get('localhost').site,
        }),
      ),
    ).rejects.toThrow('site: another connection has it');
  });

  it('deletes a history once that was asked for', async () => {
    await room.create({});
    await update({ enabled: true });
    const deleting = { ...ENDING, history: 'delete' as const };
    await room.setup.settings.end('localhost', deleting, SOMEBODY);
    await expect(
      room.setup.settings.end('localhost', ENDING, SOMEBODY),
    ).rejects.toThrow('is being deleted already');
  });

  it('gives nobody the id of a history that still stands', async () => {
    const { history } = room;
    const read = { runId: 'r1', source: 'localhost', scope: 'all' };
    const { id: readId } = await history.beginRead({
      ...read,
      dataset: 'groups',
      key: 'site',
      mode: 'full',
    });
    await history.finishRead(readId, { outcome: 'complete' });
    await history.publish({ runId: 'r1' });
    await expect(room.create({ id: 'localhost' })).rejects.toThrow(
      "id 'localhost' is taken",
    );
    expect((await room.create({})).id).toBe('localhost-2');
  });

  it('leaves those of the configuration alone', async () => {
    const [auth] = [
      { method: 'api-token' as const, ...sandbox.credentials.apiToken },
    ];
    const configured = await replica({
      connections: [
        {
          id: 'northwind',
          title: 'Northwind',
          site: sandbox.siteUrl,
          purposes: ['policy'],
          auth: [auth],
          cadence: {} as never,
        },
      ],
    });
    const { settings } = configured.setup;
    for (const act of [
      () => settings.update('northwind', { title: 'x' }, SOMEBODY),
      () => settings.end('northwind', ENDING, SOMEBODY),
    ]) {
      await expect(act()).rejects.toThrow('comes from the configuration');
    }
    await expect(configured.create({ site: sandbox.siteUrl })).rejects.toThrow(
      "site is connected already, as 'Northwind'",
    );
    await expect(configured.create({ id: 'northwind' })).rejects.toThrow(
      "id 'northwind' is taken",
    );
    expect((await configured.create({ title: 'Northwind' })).id).toBe(
      'northwind-2',
    );
  });
});
