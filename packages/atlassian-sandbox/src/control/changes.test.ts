// SPDX-License-Identifier: Apache-2.0
import { demoAccountId } from '../world/demo/people';
import { Sandbox, startSandbox } from '../startSandbox';
import { Row, TestClient } from '../__testUtils__/testClient';
import { CHANGE_NAMES } from './changeNames';
import { Changes } from './Changes';

describe('changes', () => {
  let sandbox: Sandbox;
  let client: TestClient;

  beforeEach(async () => {
    sandbox = await startSandbox({
      now: () => new Date('2026-11-02T12:00:00Z'),
    });
    client = new TestClient(sandbox);
  });
  afterEach(() => sandbox.close());

  const change = (name: string, args: object) =>
    client.raw(`/sandbox/changes/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(args),
    });
  const user = async (accountId: string): Promise<Row> =>
    (await client.post('/wiki/api/v2/users-bulk', { accountIds: [accountId] }))
      .body.results[0];
  const memberOf = async (accountId: string) =>
    (
      await client.all(`/wiki/rest/api/user/memberof?accountId=${accountId}`)
    ).map(group => group.name as string);

  it('names every method of the class', () => {
    const methods = Object.getOwnPropertyNames(Changes.prototype).filter(
      name => name !== 'constructor',
    );
    expect([...CHANGE_NAMES].sort()).toEqual(methods.sort());
  });

  it('takes an account through its life', async () => {
    const { body } = await change('addAccount', {
      displayName: 'New Person',
      email: 'new@northwind.example',
      groups: ['confluence-users-northwind', 'finance'],
    });
    const id = String(body.accountId);
    expect(await user(id)).toMatchObject({
      displayName: 'New Person',
      accountStatus: 'active',
    });
    await change('removeFromGroup', { account: id, group: 'finance' });
    await change('addToGroup', { account: id, group: 'Finance' });
    expect(await memberOf(id)).toEqual([
      'confluence-users-northwind',
      'Finance',
    ]);
    await change('setProfile', {
      account: id,
      displayName: 'Newer Person',
      emailVisible: false,
    });
    await change('deactivate', { account: id });
    expect(await user(id)).toMatchObject({
      displayName: 'Newer Person',
      email: '',
      accountStatus: 'inactive',
    });
    await change('reactivate', { account: id });
    await change('removeAccount', { account: id });
    expect(await user(id)).toMatchObject({
      displayName: 'Former user',
      accountStatus: 'closed',
    });
    expect(await memberOf(id)).toEqual([]);
  });

  it('renames and deletes groups', async () => {
    const { id } = sandbox.changes.group('security-team');
    await change('renameGroup', { group: id, name: 'security' });
    expect(
      (await client.gateway(`/wiki/rest/api/group/by-id?id=${id}`)).body.name,
    ).toBe('security');
    await change('deleteGroup', { group: id });
    expect(
      (await client.gateway(`/wiki/rest/api/group/by-id?id=${id}`)).status,
    ).toBe(404);
    expect(await memberOf(demoAccountId('esi.larsen'))).not.toContain(
      'security',
    );
    expect(
      JSON.stringify(
        await client.all(
          `/wiki/api/v2/spaces/${sandbox.changes.space('POL').id}/permissions`,
        ),
      ),
    ).not.toContain(id);
  });

  it('takes a page through its life', async () => {
    const { body } = await change('addPage', {
      space: 'POL',
      title: 'Clean Desk Policy',
      labels: ['policy'],
    });
    const id = String(body.pageId);
    const page = async () =>
      (await client.gateway(`/wiki/api/v2/pages/${id}`)).body;
    const listed = async (status: string) =>
      (await client.all(`/wiki/api/v2/pages?status=${status}&limit=250`)).some(
        row => row.id === id,
      );
    await change('renamePage', { page: id, title: 'Tidy Desk Policy' });
    expect(await page()).toMatchObject({
      title: 'Tidy Desk Policy',
      version: { number: 2, createdAt: '2026-11-02T12:00:00.000Z' },
    });
    await change('addLabel', { page: id, label: 'policy-desk' });
    await change('removeLabel', { page: id, label: 'policy' });
    expect(
      (await client.all(`/wiki/api/v2/pages/${id}/labels`)).map(
        label => label.name,
      ),
    ).toEqual(['policy-desk']);
    expect((await page()).version.number).toBe(2);
    await change('restrictPage', { page: id, groups: ['people-team'] });
    expect(sandbox.world.whoCanSee(id)).not.toContain(
      demoAccountId('ada.lindqvist'),
    );
    await change('unrestrictPage', { page: id });
    expect(sandbox.world.whoCanSee(id)).toContain(
      demoAccountId('ada.lindqvist'),
    );
    await change('trashPage', { page: id });
    expect([await listed('current'), await listed('trashed')]).toEqual([
      false,
      true,
    ]);
    await change('restorePage', { page: id });
    expect(await listed('current')).toBe(true);
    await change('purgePage', { page: id });
    expect((await client.gateway(`/wiki/api/v2/pages/${id}`)).status).toBe(404);
  });

  it('archives spaces', async () => {
    await change('archiveSpace', { space: 'HELP' });
    const archived = (
      await client.all('/wiki/api/v2/spaces?status=archived')
    ).map(space => space.key);
    expect(archived).toEqual(['HELP', 'ATLAS']);
  });

  it('says what is wrong with a change', async () => {
    const unknown = await change('explode', {});
    expect([unknown.status, unknown.body.message]).toEqual([
      400,
      expect.stringContaining('"explode"'),
    ]);
    const nobody = await change('deactivate', { account: 'nobody' });
    expect([nobody.status, nobody.body.message]).toEqual([
      400,
      expect.stringContaining('"nobody"'),
    ]);
  });

  it('counts requests by endpoint, and lists every secret it issued', async () => {
    await client.all('/wiki/rest/api/group?limit=7');
    await client.site('/wiki/rest/api/user/current');
    const { body } = await client.raw('/sandbox/requests');
    expect(body.byEndpoint).toEqual({
      'GET /wiki/rest/api/group': 2,
      'GET /wiki/rest/api/user/current': 1,
      'POST /oauth/token': 1,
    });
    expect([
      body.total,
      sandbox.requests.of('GET /wiki/rest/api/group'),
    ]).toEqual([4, 2]);
    await client.raw('/sandbox/requests', { method: 'DELETE' });
    expect(sandbox.requests.total).toBe(0);
    const secrets = (await client.raw('/sandbox/secrets')).body.items;
    const { credentials } = sandbox;
    expect(secrets).toEqual(
      expect.arrayContaining([
        credentials.apiToken.token,
        credentials.serviceAccount.clientSecret,
        credentials.organization.apiKey,
        (await client.bearer()).replace('Bearer ', ''),
      ]),
    );
  });
});
