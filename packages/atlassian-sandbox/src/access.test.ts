// SPDX-License-Identifier: Apache-2.0
import { demoAccountId } from './world/demo/people';
import { Sandbox, startSandbox } from './startSandbox';
import { TestClient } from './__testUtils__/testClient';

describe('who may call and who sees what', () => {
  let sandbox: Sandbox;
  let client: TestClient;

  beforeEach(async () => {
    sandbox = await startSandbox();
    client = new TestClient(sandbox);
  });
  afterEach(() => sandbox.close());

  const idOf = (title: string) => sandbox.changes.page(title).id;

  it('reckons inherited restrictions, groups and single readers', () => {
    const list = sandbox.world.whoCanSee(idOf('Incident contact list'));
    const names = [
      'ada.lindqvist',
      'esi.larsen',
      'farid.castellan',
      'chiara.fontaine',
    ];
    expect(list).toEqual(names.map(demoAccountId).sort());
    expect(sandbox.world.whoCanSee(idOf('Regulator contacts'))).toEqual(list);
    sandbox.changes.removeFromGroup({
      account: 'esi.larsen',
      group: 'security-team',
    });
    expect(sandbox.world.whoCanSee(idOf('Regulator contacts'))).not.toContain(
      demoAccountId('esi.larsen'),
    );
  });

  it('gives nothing to the deactivated and the unlicensed, and public pages to the guest', () => {
    const { effectiveAccess } = sandbox.world;
    const access = (name: string) =>
      effectiveAccess.call(sandbox.world, demoAccountId(name));
    expect(access('victor.amsel')).toMatchObject({ site: 'none' });
    expect(access('victor.amsel').groups.length).toBeGreaterThan(0);
    expect(access('wanda.ilesanmi')).toMatchObject({
      site: 'none',
      groups: [],
    });
    expect(access('zoe.karlsson')).toMatchObject({ site: 'guest' });
    expect(access('zoe.karlsson').spaces.map(space => space.key)).toEqual([
      'ENG',
      'HELP',
    ]);
    expect(
      access('tamsin.vega').spaces.find(space => space.key === 'ENG')?.read,
    ).toContain('direct');
    expect(access('ulrich.bonney').site).toBe('admin');
  });

  it('shows the service account everything and the administrator what the administrator may see', async () => {
    const page = `/wiki/api/v2/pages/${idOf('Incident contact list')}`;
    expect((await client.gateway(page)).status).toBe(200);
    const refused = await client.site(page);
    expect([refused.status, refused.body.errors[0].status]).toEqual([404, 404]);
    const seen = (
      await client.site('/wiki/api/v2/pages?limit=250')
    ).body.results.map(row => row.id as string);
    const { pages } = sandbox.world.effectiveAccess(
      demoAccountId('bram.okafor'),
    );
    expect(seen).toEqual(expect.arrayContaining(pages));
    expect(seen).not.toContain(String(idOf('Regulator contacts')));
  });

  it('answers 404 for what is hidden, and leaves it out of lists', async () => {
    const { id } = sandbox.changes.space('POL');
    sandbox.changes.hideSpace({ space: 'POL' });
    for (const path of [
      `spaces/${id}`,
      `spaces/${id}/pages`,
      `spaces/${id}/permissions`,
      `pages/${idOf('Acceptable Use Policy')}`,
    ]) {
      expect([
        path,
        (await client.gateway(`/wiki/api/v2/${path}`)).status,
      ]).toEqual([path, 404]);
    }
    const spaces = (await client.all('/wiki/api/v2/spaces?limit=2')).map(
      row => row.key,
    );
    expect(spaces).not.toContain('POL');
    const search = await client.all(
      '/wiki/rest/api/content/search?cql=label=policy-infosec',
    );
    expect(search).toEqual([]);
    sandbox.changes.showSpace({ space: 'POL' });
    expect((await client.gateway(`/wiki/api/v2/spaces/${id}`)).status).toBe(
      200,
    );
  });

  it('answers direct restrictions only, with empty lists where there are none', async () => {
    const of = async (title: string) =>
      (
        await client.gateway(
          `/wiki/rest/api/content/${idOf(title)}/restriction/byOperation`,
        )
      ).body;
    const own = await of('Incident contact list');
    expect(
      own.read.restrictions.user.results.map(user => user.accountId),
    ).toEqual([demoAccountId('chiara.fontaine')]);
    expect(
      own.read.restrictions.group.results.map(group => group.name),
    ).toEqual(['security-team']);
    const inherited = await of('Regulator contacts');
    expect(inherited.read.restrictions).toMatchObject({
      user: { results: [] },
      group: { results: [] },
    });
    const ancestors = await client.gateway(
      `/wiki/api/v2/pages/${idOf('Regulator contacts')}/ancestors`,
    );
    expect(ancestors.body.results.map(page => Number(page.id))).toEqual(
      ['Policies', 'Incident Response Policy', 'Incident contact list'].map(
        idOf,
      ),
    );
  });

  it('answers 401 for missing scopes, wrong channels, bad and ended credentials', async () => {
    const { credentials } = sandbox;
    const cloud = `/ex/confluence/${credentials.serviceAccount.cloudId}/wiki`;
    const classic = `Bearer ${await client.token(
      credentials.classicServiceAccount,
    )}`;
    const v1 = await client.raw(`${cloud}/rest/api/group`, {
      headers: { authorization: classic },
    });
    const v2 = await client.raw(`${cloud}/api/v2/spaces`, {
      headers: { authorization: classic },
    });
    expect([v1.status, v2.status, v2.body]).toEqual([
      200,
      401,
      { code: 401, message: 'Unauthorized; scope does not match' },
    ]);

    const bearer = await client.bearer();
    const onSite = await client.raw('/wiki/api/v2/spaces', {
      headers: { authorization: bearer },
    });
    const unscoped = await client.raw(`${cloud}/api/v2/spaces`, {
      headers: { authorization: client.basic() },
    });
    expect([
      onSite.status,
      unscoped.status,
      (await client.raw('/wiki/api/v2/spaces')).status,
    ]).toEqual([401, 401, 401]);
    expect(onSite.headers.get('content-type')).toContain('text/html');

    const wrong = await client.raw('/oauth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'sandbox-client-1',
        client_secret: 'x',
      }).toString(),
    });
    expect([wrong.status, wrong.body.error]).toEqual([401, 'access_denied']);

    sandbox.expireTokens();
    expect((await client.gateway('/wiki/api/v2/spaces')).status).toBe(401);
    expect(
      (await client.raw('/ex/confluence/another/wiki/api/v2/spaces')).status,
    ).toBe(404);
  });

  it('finds the cloud id by token and by the public address', async () => {
    const { cloudId } = sandbox.world;
    const resources = await client.raw('/oauth/token/accessible-resources', {
      headers: { authorization: await client.bearer() },
    });
    expect(resources.body).toContainEqual(
      expect.objectContaining({ id: cloudId, url: sandbox.siteUrl }),
    );
    expect((await client.raw('/_edge/tenant_info')).body).toEqual({ cloudId });
  });

  it('lets only site administrators change members, and never of external groups', async () => {
    const remove = (group: string, headers: Record<string, string> = {}) =>
      client.site(
        `/wiki/rest/api/group/userByGroupId?groupId=${
          sandbox.changes.group(group).id
        }&accountId=${demoAccountId('ulrich.bonney')}`,
        { method: 'DELETE', headers },
      );
    const noCheck = { 'x-atlassian-token': 'no-check' };
    expect((await remove('confluence-admins-northwind')).status).toBe(403);
    expect((await remove('okta-all-staff', noCheck)).status).toBe(403);
    expect((await remove('confluence-admins-northwind', noCheck)).status).toBe(
      204,
    );
    expect((await remove('confluence-admins-northwind', noCheck)).status).toBe(
      204,
    );
    expect(
      sandbox.world.effectiveAccess(demoAccountId('ulrich.bonney')).site,
    ).toBe('user');
  });

  it('searches the organization by a bare cursor, with MFA only for managed accounts', async () => {
    const { id, apiKey } = sandbox.credentials.organization;
    const path = `/admin/v2/orgs/${id}/directories/-/users/search`;
    const ask = (body: object) =>
      client.raw(path, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${apiKey}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      });
    const first = await ask({ limit: 20, expand: ['groups'] });
    const second = await ask({
      limit: 20,
      expand: ['groups'],
      cursor: first.body.links.next,
    });
    const rows = [...first.body.data, ...second.body.data];
    expect(second.body.links.next).toBeUndefined();
    expect(
      rows.find(row => row.accountId === demoAccountId('xenia.marchetti')),
    ).toMatchObject({ email: 'xenia.marchetti@northwind.example' });
    expect(
      rows.find(row => row.accountId === demoAccountId('zoe.karlsson')),
    ).not.toHaveProperty('mfaEnabled');
    expect((await client.raw(path, { method: 'POST' })).status).toBe(401);
  });
});
