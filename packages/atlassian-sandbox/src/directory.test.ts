// SPDX-License-Identifier: Apache-2.0
import { demoAccountId } from './world/demo/people';
import { Sandbox, SandboxOptions, startSandbox } from './startSandbox';
import { Row, TestClient } from './__testUtils__/testClient';

const started: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map(sandbox => sandbox.close()));
});

async function setUp(options: SandboxOptions = {}) {
  const sandbox = await startSandbox(options);
  started.push(sandbox);
  const client = new TestClient(sandbox);
  const { id, apiKey } = sandbox.credentials.organization;
  const ask = (body: object, directory = '-') =>
    client.raw(`/admin/v2/orgs/${id}/directories/${directory}/users/search`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
  const all = async (body: object = {}): Promise<Row[]> => {
    const rows: Row[] = [];
    let cursor: string | undefined;
    do {
      const page = await ask({ limit: 100, ...body, cursor });
      expect(page.status).toBe(200);
      rows.push(...page.body.data);
      cursor = page.body.links.next;
    } while (cursor !== undefined);
    return rows;
  };
  const idsOf = async (body: object) =>
    (await all(body)).map(row => row.accountId).sort();
  return { sandbox, ask, all, idsOf };
}

const ids = (...names: string[]) => names.map(demoAccountId).sort();

describe('the directory of the organization', () => {
  it('tells suspended from deactivated, synced from invited, managed from unmanaged', async () => {
    const { all, idsOf } = await setUp();
    const of = new Map((await all()).map(row => [row.accountId, row]));
    expect(of.get(demoAccountId('wanda.ilesanmi'))).toMatchObject({
      accountStatus: 'active',
      membershipStatus: 'suspended',
      status: 'suspended',
      managementSource: 'invited',
    });
    expect(of.get(demoAccountId('victor.amsel'))).toMatchObject({
      accountStatus: 'inactive',
      membershipStatus: 'no_membership',
      status: 'deactivated',
    });
    expect(of.get(demoAccountId('hugo.reyes'))).toMatchObject({
      status: 'active',
      claimStatus: 'managed',
      managementSource: 'synced',
      email: 'hugo.reyes@northwind.example',
      mfaEnabled: true,
    });
    const guest = of.get(demoAccountId('zoe.karlsson'));
    expect(guest).toMatchObject({
      claimStatus: 'unmanaged',
      managementSource: null,
    });
    expect(guest).not.toHaveProperty('mfaEnabled');
    expect(of.has(demoAccountId('former-user'))).toBe(false);

    expect(await idsOf({ status: ['suspended', 'deactivated'] })).toEqual(
      ids('wanda.ilesanmi', 'victor.amsel'),
    );
    expect(await idsOf({ membershipStatus: ['suspended'] })).toEqual(
      ids('wanda.ilesanmi'),
    );
    expect(await idsOf({ accountStatus: ['inactive'] })).toEqual(
      ids('victor.amsel'),
    );
    expect(await idsOf({ claimStatus: 'unmanaged' })).toEqual(
      ids('zoe.karlsson', 'confluence-compliance'),
    );
    expect(await idsOf({ mfaEnabled: false })).toEqual(
      ids('jonas.achterberg', 'ulrich.bonney'),
    );
    expect(await idsOf({ emails: ['hugo.reyes@northwind.example'] })).toEqual(
      ids('hugo.reyes'),
    );
  });

  it('finds by group, and by role and resource together', async () => {
    const { sandbox, idsOf } = await setUp();
    const { cloudId, orgId } = sandbox.world;
    const here = `ari:cloud:confluence::site/${cloudId}`;
    const admins = ids('bram.okafor', 'ulrich.bonney');
    const { id } = sandbox.changes.group('confluence-admins-northwind');
    expect(await idsOf({ groupIds: [id] })).toEqual(admins);
    const withRole = (role: string, ...resourceIds: string[]) =>
      idsOf({ roleIds: [`atlassian/${role}`], resourceIds });
    expect(await withRole('admin', here)).toEqual(admins);
    expect(await withRole('guest', here)).toEqual(ids('zoe.karlsson'));
    expect(await withRole('org-admin', here)).toEqual([]);
    expect(
      await withRole('org-admin', `ari:cloud:platform::org/${orgId}`),
    ).toEqual(ids('bram.okafor'));
    expect(await idsOf({ roleIds: ['atlassian/org-admin'] })).toEqual(
      ids('bram.okafor'),
    );
    expect(await withRole('admin', 'ari:cloud:jira::site/x')).toEqual([]);
    expect(
      await withRole(
        'admin',
        `ari:cloud:confluence::site/${sandbox.secondCloudId}`,
      ),
    ).toEqual(admins);
  });

  it('knows when an account was last active, by account and site, or that it never was', async () => {
    const { sandbox, all } = await setUp({ size: { accounts: 300 } });
    const rows = await all({ expand: ['productAccess'] });
    const times = rows.flatMap(row => row.productAccess ?? []);
    const told = times.flatMap(({ lastActiveTimestamp: time }) => time ?? []);
    expect(times.length).toBeGreaterThan(500);
    expect(told.length).toBeLessThan(times.length);
    expect(new Set(told).size).toBe(told.length);
    for (const row of [rows[0], rows[250]]) {
      const account = sandbox.changes.account(row.accountId);
      expect(row.productAccess).toEqual(
        [sandbox.world.cloudId, sandbox.secondCloudId].map(cloudId => ({
          key: 'confluence',
          id: `ari:cloud:confluence::site/${cloudId}`,
          lastActiveTimestamp: sandbox.world
            .lastActiveAt(account, cloudId)
            ?.replace('Z', '000000Z'),
        })),
      );
    }
    const again = await setUp({ size: { accounts: 300 } });
    expect(await again.all({ expand: ['productAccess'] })).toEqual(rows);
    const other = await setUp({ size: { accounts: 300 }, seed: 2 });
    expect(await other.all({ expand: ['productAccess'] })).not.toEqual(rows);
  });

  it('has everybody once, whatever changes between two pages', async () => {
    const { sandbox, ask } = await setUp({ size: { accounts: 300 } });
    const first = await ask({ limit: 100 });
    const [gone] = first.body.data;
    sandbox.changes.removeAccount({ account: String(gone.accountId) });
    const rest = await ask({ limit: 100, cursor: first.body.links.next });
    const last = await ask({ limit: 100, cursor: rest.body.links.next });
    const found = [first, rest, last].flatMap(({ body }) => body.data);
    expect(last.body.links.next).toBeUndefined();
    expect(new Set(found.map(row => row.accountId)).size).toBe(found.length);
    const expected = [...sandbox.world.accounts.values()].filter(
      ({ type, status }) => type === 'atlassian' && status !== 'closed',
    );
    expect(found).toHaveLength(expected.length + 1);
  });

  it('tells of one user what it tells of all, and does not find whom no list has', async () => {
    const { sandbox, all } = await setUp();
    const { id, apiKey } = sandbox.credentials.organization;
    const client = new TestClient(sandbox);
    const user = (userId: string, directory = '-') =>
      client.raw(
        `/admin/v2/orgs/${id}/directories/${directory}/users/${userId}`,
        { headers: { authorization: `Bearer ${apiKey}` } },
      );
    for (const row of await all({ expand: ['platformRoles'] })) {
      const { status, body } = await user(String(row.accountId));
      expect([status, body]).toEqual([200, { data: row }]);
    }
    for (const unknown of [demoAccountId('former-user'), 'nobody']) {
      expect((await user(unknown)).status).toBe(404);
    }
    expect((await user(demoAccountId('hugo.reyes'), 'another')).status).toBe(
      404,
    );
  });

  it('shows what is changed, and closes the sites to who is suspended', async () => {
    const { sandbox, all } = await setUp();
    const { changes } = sandbox;
    const account = 'hugo.reyes';
    const row = async () =>
      (await all({ accountIds: [demoAccountId(account)] }))[0];
    changes.suspend({ account });
    changes.setMfa({ account, enabled: false });
    changes.setProfile({ account, email: 'hugo@northwind.example' });
    expect(await row()).toMatchObject({
      status: 'suspended',
      mfaEnabled: false,
      email: 'hugo@northwind.example',
    });
    expect(sandbox.world.effectiveAccess(demoAccountId(account))).toMatchObject(
      { site: 'none' },
    );
    changes.unsuspend({ account });
    changes.setMfa({ account });
    const back = await row();
    expect(back).toMatchObject({ status: 'active', claimStatus: 'managed' });
    expect(back).not.toHaveProperty('mfaEnabled');
    expect(() =>
      changes.setMfa({ account: 'zoe.karlsson', enabled: true }),
    ).toThrow('not managed');
  });

  it('refuses filters, cursors and directories that cannot be', async () => {
    const { ask } = await setUp();
    for (const body of [
      { accountIds: [] },
      { accountIds: Array(11).fill('x') },
      { resourceIds: Array(21).fill('x') },
      { status: 'active' },
      { limit: 101 },
      { cursor: 'x' },
    ]) {
      expect([body, (await ask(body)).status]).toEqual([body, 400]);
    }
    const { body } = await ask({ limit: 5 });
    expect(
      (await ask({ claimStatus: 'managed', cursor: body.links.next })).status,
    ).toBe(400);
    expect((await ask({}, 'another')).status).toBe(404);
  });
});
