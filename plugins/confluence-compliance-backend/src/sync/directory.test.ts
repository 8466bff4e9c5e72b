// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { type DirectoryPayload, Lists } from '../history';
import {
  CONNECTION,
  everything,
  type Replica,
  type Rig,
  startRig,
  syncNow,
} from './__testUtils__/rig';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const USERS =
  'POST /admin/v2/orgs/{orgId}/directories/{directoryId}/users/search';
const USER =
  'GET /admin/v2/orgs/{orgId}/directories/{directoryId}/users/{userId}';
const OLGA = 'olga.fairweather';

describe.each(databases.eachSupportedId())('Directory on %p', id => {
  let knex: Knex;
  let rig: Rig;
  let replica: Replica;
  let lists: Lists;

  beforeEach(async () => {
    knex = await databases.init(id);
    rig = await startRig({ knex });
    const { organization } = rig.sandbox.credentials;
    rig.config.connections[0].organization = organization;
    replica = await rig.replica();
    lists = await Lists.create({
      database: { getClient: async () => knex },
      catalog: { accounts: 'none' } as never,
      userGroups: () => replica.connections.all(),
      organizations: () => replica.connections.organizations(),
    });
  });

  afterEach(() => rig.close());

  async function entries(): Promise<Map<string, DirectoryPayload>> {
    const asOf = await replica.history.head();
    const found = new Map<string, DirectoryPayload>();
    const source = `organization:${rig.sandbox.credentials.organization.id}`;
    const filter = { source, asOf };
    for await (const rows of replica.history.rows('directory', filter)) {
      rows.forEach(({ key, payload }) => found.set(key, payload));
    }
    return found;
  }

  async function factsOf(accountId: string) {
    const head = await replica.history.head();
    return (await lists.account(CONNECTION, accountId, head)).facts;
  }

  const accountOf = (name: string) => rig.sandbox.changes.account(name);
  const reportOf = async (dataset: string) =>
    (await replica.sync.lastRun(CONNECTION))?.datasets.find(
      of => of.dataset === dataset,
    );
  const filtered = async (mfa: 'enabled' | 'disabled' | 'unknown') => {
    const { items } = await lists.accounts({
      connections: [CONNECTION],
      revision: await replica.history.head(),
      sort: 'name',
      limit: 200,
      mfa,
    });
    return items;
  };

  it('says what the organization says, and no MFA of whom it does not manage', async () => {
    await replica.syncAll();
    const found = await entries();
    const said = [...rig.sandbox.world.accounts.values()].filter(
      ({ type, status }) => type === 'atlassian' && status !== 'closed',
    );
    expect([...found.keys()].sort()).toEqual(
      said.map(({ accountId }) => accountId).sort(),
    );
    for (const { accountId, managed, mfaEnabled } of said) {
      const definite = mfaEnabled ? 'enabled' : 'disabled';
      const isKnown = managed && mfaEnabled !== undefined;
      expect(found.get(accountId)?.mfa).toBe(isKnown ? definite : 'unknown');
    }
    for (const mfa of ['enabled', 'disabled', 'unknown'] as const) {
      const items = await filtered(mfa);
      expect(items.length).toBeGreaterThan(0);
      for (const { facts } of items) {
        expect(facts.mfa.value ?? 'unknown').toBe(mfa);
        expect(facts.mfa.value === undefined).toBe(!!facts.mfa.reason);
      }
    }
    expect(await reportOf('directory')).toMatchObject({ state: 'complete' });
    // Reading again what has not changed writes no interval, whoever is active meanwhile.
    const before = await replica.history.head();
    await syncNow(replica);
    expect(await replica.history.head()).toBe(before);
  });

  it('tells suspended, deactivated and removed apart, and knows hidden emails', async () => {
    const { changes } = rig.sandbox;
    const { accountId } = accountOf(OLGA);
    changes.setProfile({ account: OLGA, emailVisible: false });
    await replica.syncAll();
    expect(await factsOf(accountId)).toMatchObject({
      email: { value: accountOf(OLGA).email, source: 'organization' },
      license: { value: 'licensed', source: 'organization' },
      firstName: { reason: { code: 'names-not-apart' } },
    });
    changes.suspend({ account: OLGA });
    await syncNow(replica);
    const { status } = await factsOf(accountId);
    expect(status).toEqual({ value: 'suspended', source: 'organization' });
    changes.unsuspend({ account: OLGA });
    changes.deactivate({ account: OLGA });
    await syncNow(replica);
    expect((await factsOf(accountId)).status.value).toBe('deactivated');
  });

  it('closes nothing when the key is refused, says why, and reads everything else', async () => {
    await replica.syncAll();
    const before = {
      all: await everything(replica.history),
      org: await entries(),
    };
    rig.sandbox.revokeOrganizationKeys();
    await syncNow(replica);
    expect(await everything(replica.history)).toEqual(before.all);
    expect(await entries()).toEqual(before.org);
    expect(await replica.sync.lastRun(CONNECTION)).toMatchObject({
      state: 'published',
    });
    expect(await reportOf('directory')).toMatchObject({
      state: 'failed',
      reasons: [{ code: 'organization-key-refused' }],
    });
    const status = await replica.sync.connectionStatus(CONNECTION);
    expect(status.greenTick).toBe(true);
  });

  it('takes nobody for less than they are when something could not be read', async () => {
    await replica.syncAll();
    const before = await entries();
    const [admin] = [...before].find(([, { roles }]) => roles.length > 0)!;
    const endpoint = USERS;
    // After everybody has come whole: the first with a role has no id.
    const unnamed = { kind: 'field', field: 'accountId' } as const;
    rig.sandbox.faults.add({ ...unnamed, endpoint, nth: 2, times: 1 });
    await syncNow(replica);
    expect(await entries()).toEqual(before);
    expect(await reportOf('directory')).toMatchObject({
      state: 'failed',
      reasons: [{ code: 'malformed' }],
    });
    rig.sandbox.faults.clear();
    // What Atlassian does not say of somebody is not known, and not none.
    const unsaid = { kind: 'field', field: 'productAccess' } as const;
    rig.sandbox.faults.add({ ...unsaid, endpoint });
    await syncNow(replica);
    const found = await entries();
    const changed = [...found].filter(([, { products }]) => products === null);
    expect(changed.length).toBeGreaterThan(0);
    const [[accountId]] = changed;
    const { license } = await factsOf(accountId);
    expect(license).toEqual({
      reason: expect.objectContaining({ code: 'not-said' }),
    });
    expect(found.get(admin)?.roles).toEqual(before.get(admin)?.roles);
  });

  it.each([1, 60])('keeps %p users whom a list leaves out once', async drop => {
    await replica.syncAll();
    const before = await entries();
    const head = await replica.history.head();
    rig.sandbox.faults.add({
      kind: 'truncate',
      drop,
      endpoint: USERS,
      nth: 1,
      times: 1,
    });
    await syncNow(replica);
    rig.sandbox.faults.clear();
    expect(await entries()).toEqual(before);
    expect(await replica.history.head()).toBe(head);
  });

  it('takes a user for gone only when another place than the search says so', async () => {
    await replica.syncAll();
    const before = await entries();
    const removed = accountOf('hugo.reyes').accountId;
    rig.sandbox.changes.removeAccount({ account: removed });
    await syncNow(replica);
    expect([...before.keys()].filter(key => key !== removed)).toEqual([
      ...(await entries()).keys(),
    ]);
    // Every answer lacks its last row, that of a single user too, in any state.
    for (const state of ['deactivate', 'suspend'] as const) {
      const last = [...(await entries()).keys()].pop()!;
      rig.sandbox.changes[state]({ account: last });
      await syncNow(replica);
      const known = await entries();
      const cut = { kind: 'truncate', drop: 1, omitNext: false } as const;
      rig.sandbox.faults.add({ ...cut, endpoint: USERS });
      await syncNow(replica);
      rig.sandbox.faults.clear();
      expect([...(await entries()).keys()]).toEqual([...known.keys()]);
      expect(await reportOf('directory')).toMatchObject({
        reasons: [{ code: 'unconfirmed' }],
      });
    }
    const refused = { kind: 'status', status: 403 } as const;
    const known = await entries();
    rig.sandbox.changes.removeAccount({ account: 'olga.fairweather' });
    rig.sandbox.faults.add({ ...refused, endpoint: USER });
    await syncNow(replica);
    expect([...(await entries()).keys()]).toEqual([...known.keys()]);
    expect(await reportOf('directory')).toMatchObject({ state: 'partial' });
  });

  it.each([1, 60])(
    'takes a role from nobody when a list of them leaves out %p once',
    async drop => {
      await replica.syncAll();
      const before = await entries();
      const head = await replica.history.head();
      expect([...before].some(([, { roles }]) => roles.length > 0)).toBe(true);
      // Everybody comes whole with the first page, then those with a role.
      const cut = { kind: 'truncate', drop, endpoint: USERS } as const;
      rig.sandbox.faults.add({ ...cut, nth: 2, times: 1 });
      await syncNow(replica);
      rig.sandbox.faults.clear();
      expect(await entries()).toEqual(before);
      expect(await replica.history.head()).toBe(head);
      expect(await reportOf('directory')).toMatchObject({ state: 'complete' });
    },
  );

  it('takes a role from nobody whom the search always leaves out', async () => {
    await replica.syncAll();
    const before = await entries();
    const { length } = [...before].filter(([, { roles }]) => roles.length > 0);
    expect(length).toBeGreaterThan(0);
    // Everybody comes whole with the first page; each list of those with a role is cut.
    const cut = { kind: 'truncate', drop: 1, endpoint: USERS } as const;
    rig.sandbox.faults.add({ ...cut, nth: 2 });
    rig.sandbox.requests.reset();
    await syncNow(replica);
    expect(await entries()).toEqual(before);
    expect(await reportOf('directory')).toMatchObject({
      state: 'failed',
      reasons: [{ code: 'unconfirmed' }],
    });
    expect(
      rig.sandbox.requests.of(
        'GET /admin/v2/orgs/{orgId}/directories/{directoryId}/users/{accountId}/role-assignments',
      ),
    ).toBeGreaterThan(0);
  });

  it('takes a role away that two readings name no more, and asks for no other list again', async () => {
    await replica.syncAll();
    const before = await entries();
    const asked = async () => {
      rig.sandbox.requests.reset();
      await syncNow(replica);
      return rig.sandbox.requests.of(USERS);
    };
    const usual = await asked();
    const { accountId, groups } = [...rig.sandbox.world.accounts.values()].find(
      one => before.get(one.accountId)?.roles.length,
    )!;
    for (const { name, access } of [...groups]) {
      if (access === 'admin') {
        rig.sandbox.changes.removeFromGroup({
          account: accountId,
          group: name,
        });
      }
    }
    const lost = before.get(accountId)?.roles.length ?? 0;
    expect(await asked()).toBe(usual + lost);
    expect((await entries()).get(accountId)?.roles).toEqual([]);
    expect(await asked()).toBe(usual);
  });

  it('says of everybody that a key is needed where there is none', async () => {
    rig.config.connections[0].organization = undefined;
    replica = await rig.replica();
    await replica.syncAll();
    const { mfa, role, license } = await factsOf(accountOf(OLGA).accountId);
    for (const fact of [mfa, role, license]) {
      expect(fact).toEqual({
        reason: {
          code: 'no-organization-key',
          text: 'Needs an organization key. Acme has none.',
        },
      });
    }
    expect(await filtered('enabled')).toEqual([]);
  });
});
