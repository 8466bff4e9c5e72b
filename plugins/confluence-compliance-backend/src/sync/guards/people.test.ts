// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { RunDataset } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { expectedRows } from '../__testUtils__/expected';
import {
  CONNECTION,
  everything,
  type Replica,
  type Rig,
  rowsOf,
  startRig,
  syncNow,
} from '../__testUtils__/rig';

jest.setTimeout(60_000);

const MEMBERS = 'GET /wiki/rest/api/group/{groupId}/membersByGroupId';
const MEMBER_OF = 'GET /wiki/rest/api/user/memberof';
const BULK = 'POST /wiki/api/v2/users-bulk';
const SEARCH = 'GET /wiki/rest/api/search/user';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
let rig: Rig;
let replica: Replica;
/** What stood before the fault. */
let before: Awaited<ReturnType<typeof everything>>;

async function begin(size: { accounts?: number; pages?: number } = {}) {
  const knex = await databases.init('SQLITE_3');
  rig = await startRig({ knex, sandbox: { size, seed: 7 } });
  replica = await rig.replica();
  await replica.syncAll();
  before = await everything(replica.history);
  rig.sandbox.requests.reset();
}

/** Syncs, and gives what the run says of a dataset. */
async function readAgain(dataset: string): Promise<RunDataset> {
  await syncNow(replica);
  const run = await replica.sync.lastRun(CONNECTION);
  expect(run?.state).toBe('published');
  return run?.datasets.find(d => d.dataset === dataset) as RunDataset;
}

const codes = ({ reasons }: RunDataset) => reasons.map(reason => reason.code);
const everybody = () =>
  rig.sandbox.changes.group('confluence-users-northwind').id;
const standing = () => everything(replica.history);

/** What stands after a sync without the fault. */
async function healed() {
  rig.sandbox.faults.clear();
  await syncNow(replica);
  return standing();
}

/** What the world is, with everybody who was known before. */
const world = () =>
  expectedRows(rig.sandbox, { known: Object.keys(before.accounts) });

afterEach(async () => rig.close());

describe('groups and members', () => {
  it('reads a group again when somebody leaves between its pages', async () => {
    await begin({ accounts: 450 });
    const [first] = rig.sandbox.world.membersOf(
      rig.sandbox.changes.group(everybody()),
    );
    rig.sandbox.faults.add({
      kind: 'change',
      endpoint: MEMBERS,
      match: everybody(),
      change: 'removeFromGroup',
      args: { account: first.accountId, group: everybody() },
    });
    expect(await readAgain('memberships')).toMatchObject({
      state: 'complete',
      reasons: [],
    });
    const run = await replica.sync.lastRun(CONNECTION);
    expect(run?.removed).toBe(1);
    expect(await healed()).toEqual(world());
  });

  it.each([
    ['empty', { kind: 'empty' as const }],
    ['cut', { kind: 'truncate' as const, drop: 3, omitNext: true }],
    ['malformed', { kind: 'field' as const, field: 'accountId' }],
    ['failing', { kind: 'status' as const, status: 500 }],
    ['HTML', { kind: 'html' as const }],
    ['not found', { kind: 'status' as const, status: 404 }],
    ['of a missing scope', { kind: 'status' as const, status: 401 }],
  ])('removes nobody for a member list that is %s', async (_, fault) => {
    await begin({ accounts: 450 });
    rig.sandbox.faults.add({
      ...fault,
      endpoint: MEMBERS,
      match: everybody(),
    });
    const memberships = await readAgain('memberships');
    expect(memberships.state).toBe('partial');
    expect(memberships.reasons).toHaveLength(1);
    expect(await standing()).toEqual(before);
    expect(await replica.sync.connectionStatus(CONNECTION)).toMatchObject({
      state: 'partial',
      greenTick: false,
    });
    expect(await healed()).toEqual(world());
  });

  it('asks the account when a member is missing from a list without totals', async () => {
    await begin();
    rig.sandbox.faults.add({
      kind: 'field',
      endpoint: MEMBERS,
      match: everybody(),
      field: 'accountId',
      value: 'somebody-else',
    });
    const memberships = await readAgain('memberships');
    // The list agrees with itself, but the missing member says otherwise, twice.
    expect(memberships.state).toBe('partial');
    expect(codes(memberships)).toEqual(['unstable-list']);
    const memberOf = rig.sandbox.requests.of(MEMBER_OF);
    expect(memberOf).toBe(2);
    const rows = await rowsOf(replica.history, 'memberships');
    expect(Object.keys(rows)).toEqual(
      expect.arrayContaining(Object.keys(before.memberships)),
    );
    expect(await healed()).toEqual(world());
  });

  it('reads twice and takes samples when many disappear at once', async () => {
    await begin({ accounts: 450 });
    const group = rig.sandbox.changes.group(everybody());
    const leavers = rig.sandbox.world.membersOf(group).slice(0, 60);
    leavers.forEach(({ accountId }) =>
      rig.sandbox.changes.removeFromGroup({
        account: accountId,
        group: group.id,
      }),
    );
    expect(await readAgain('memberships')).toMatchObject({ state: 'complete' });
    // Three pages, twice; fifty looks instead of sixty.
    expect(rig.sandbox.requests.of(MEMBER_OF)).toBe(50);
    expect((await replica.sync.lastRun(CONNECTION))?.removed).toBe(60);
    expect(await healed()).toEqual(world());
  });

  it('reads twice as well when the second reading was begun anew', async () => {
    await begin({ accounts: 450 });
    const { changes, faults, world: there } = rig.sandbox;
    const group = everybody();
    const members = there
      .membersOf(changes.group(group))
      .map(({ accountId }) => accountId);
    const [gone, back] = members.slice(-2);
    changes.removeFromGroup({ account: gone, group });
    changes.removeFromGroup({ account: back, group });
    faults.add({ kind: 'status', status: 401, endpoint: MEMBER_OF });
    const during = { kind: 'change' as const, endpoint: MEMBERS, match: group };
    const leaves = (account: string, nth: number) =>
      faults.add({
        ...during,
        nth,
        change: 'removeFromGroup',
        args: { account, group },
      });
    // Somebody leaves while the list of three pages is read a second time …
    leaves(members[0], 4);
    // … and as it begins anew, one leaves and one comes: its totals agree, and it misses another.
    leaves(members[1], 7);
    faults.add({
      ...during,
      nth: 7,
      change: 'addToGroup',
      args: { account: back, group },
    });
    await syncNow(replica);
    const rows = await rowsOf(replica.history, 'memberships');
    expect(Object.keys(rows)).toContain(`${group}/${members[201]}`);
    expect(await healed()).toEqual(world());
  });

  it('keeps a group that a cut list no longer has', async () => {
    await begin();
    rig.sandbox.faults.add({
      kind: 'truncate',
      endpoint: 'GET /wiki/rest/api/group',
      drop: 4,
    });
    expect(codes(await readAgain('groups'))).toEqual(['unstable-list']);
    expect(await standing()).toEqual(before);
    expect(rig.sandbox.requests.of('GET /wiki/rest/api/group/by-id')).toBe(8);
  });

  it('does not believe a list without groups', async () => {
    await begin();
    rig.sandbox.faults.add({
      kind: 'empty',
      endpoint: 'GET /wiki/rest/api/group',
    });
    rig.sandbox.faults.add({
      kind: 'status',
      status: 404,
      endpoint: 'GET /wiki/rest/api/group/by-id',
    });
    await syncNow(replica);
    expect(await standing()).toEqual(before);
    const run = await replica.sync.lastRun(CONNECTION);
    expect(run?.refused).toMatchObject([{ dataset: 'groups', of: 14 }]);
    expect(await healed()).toEqual(world());
  });

  it('carries out a refused shrink when somebody accepts it, once', async () => {
    await begin({ accounts: 100 });
    const group = rig.sandbox.changes.group(everybody());
    const leavers = rig.sandbox.world.membersOf(group).slice(0, 40);
    leavers.forEach(({ accountId }) =>
      rig.sandbox.changes.removeFromGroup({
        account: accountId,
        group: group.id,
      }),
    );
    await syncNow(replica);
    const run = await replica.sync.lastRun(CONNECTION);
    expect(run?.refused).toMatchObject([
      { dataset: 'memberships', container: group.id, missing: 40 },
    ]);
    expect(await replica.sync.connectionStatus(CONNECTION)).toMatchObject({
      greenTick: false,
      reason: { code: 'shrink-refused' },
    });
    const [{ readId }] = run?.refused ?? [];
    const accept = () =>
      replica.sync.acceptShrink(
        run?.id ?? '',
        readId,
        'user:default/ada',
        'Reorganized',
      );
    expect((await accept()).refused).toMatchObject([
      { readId, acceptedBy: 'user:default/ada' },
    ]);
    await expect(accept()).rejects.toThrow('accepted this already');
    expect(await replica.sync.connectionStatus(CONNECTION)).toMatchObject({
      greenTick: true,
    });
    expect(await healed()).toEqual(world());
  });

  it('notes both when two people accept shrinks of one run at once', async () => {
    await begin({ accounts: 100 });
    const { changes, world: there } = rig.sandbox;
    const group = everybody();
    const { groupId } = changes.addGroup({ name: 'short-lived' });
    const members = there
      .membersOf(changes.group(group))
      .map(({ accountId }) => accountId);
    const some = members.slice(0, 40);
    some.forEach(account => changes.addToGroup({ account, group: groupId }));
    await syncNow(replica);
    for (const account of some) {
      changes.removeFromGroup({ account, group });
      changes.removeFromGroup({ account, group: groupId });
    }
    await syncNow(replica);
    const run = await replica.sync.lastRun(CONNECTION);
    const refused = run?.refused ?? [];
    expect(refused).toHaveLength(2);
    await Promise.all(
      refused.map(({ readId }, i) =>
        replica.sync.acceptShrink(
          run?.id ?? '',
          readId,
          `user:default/${i}`,
          'Reorganized',
        ),
      ),
    );
    const after = await replica.sync.lastRun(CONNECTION);
    expect(after?.refused.map(({ acceptedBy }) => acceptedBy)).toEqual([
      'user:default/0',
      'user:default/1',
    ]);
  });
});

describe('accounts', () => {
  it('knows a service account also when its email is hidden later', async () => {
    await begin();
    const { accountId } = rig.sandbox.changes.account('confluence-compliance');
    expect(before.accounts[accountId]).toMatchObject({ class: 'service' });
    const head = await replica.history.head();
    const hide = (emailVisible: boolean) =>
      rig.sandbox.changes.setProfile({ account: accountId, emailVisible });
    hide(false);
    await syncNow(replica);
    expect(await standing()).toEqual(before);
    expect(await replica.history.head()).toBe(head);
    // Hidden or not, another email that is seen says otherwise.
    rig.sandbox.changes.setProfile({
      account: accountId,
      email: 'somebody@northwind.example',
    });
    hide(true);
    await syncNow(replica);
    hide(false);
    await syncNow(replica);
    expect((await standing()).accounts[accountId]).toMatchObject({
      class: 'person',
    });
  });

  it.each([
    ['leaves one out', { kind: 'truncate' as const, drop: 1 }],
    ['is empty', { kind: 'empty' as const }],
  ])('keeps accounts when the look-up %s', async (_, fault) => {
    await begin();
    rig.sandbox.faults.add({ ...fault, endpoint: BULK });
    await readAgain('accounts');
    const rows = await rowsOf(replica.history, 'accounts');
    expect(Object.keys(rows)).toEqual(Object.keys(before.accounts));
    expect(await healed()).toEqual(world());
  });

  it('does not call an account unlisted because the search was cut', async () => {
    await begin();
    rig.sandbox.faults.add({ kind: 'truncate', endpoint: SEARCH, drop: 5 });
    const accounts = await readAgain('accounts');
    expect(accounts.state).toBe('partial');
    expect(codes(accounts)).toEqual(['unstable-list']);
    expect(await standing()).toEqual(before);
    expect(await healed()).toEqual(world());
  });

  it('does not call an account unlisted because its hit cannot be understood', async () => {
    await begin();
    const { accounts } = rig.sandbox.world;
    // The first hit of the search, in no group: nothing else lists it.
    const [first] = [...accounts.values()].filter(a => a.status === 'active');
    const { accountId } = first;
    for (const group of [...first.groups]) {
      rig.sandbox.changes.removeFromGroup({
        account: accountId,
        group: group.name,
      });
    }
    await syncNow(replica);
    const all = await standing();
    expect(all.accounts[accountId]).toMatchObject({ listed: true });
    rig.sandbox.faults.add({
      kind: 'field',
      endpoint: SEARCH,
      field: 'user.accountId',
      row: 0,
      times: 1,
    });
    expect(await readAgain('accounts')).toMatchObject({ state: 'partial' });
    expect(await standing()).toEqual(all);
  });

  it('says that the search ends where it ends', async () => {
    const knex = await databases.init('SQLITE_3');
    rig = await startRig({ knex, sandbox: { size: { accounts: 10_400 } } });
    replica = await rig.replica();
    await replica.syncAll();
    const run = await replica.sync.lastRun(CONNECTION);
    const accounts = run?.datasets.find(d => d.dataset === 'accounts');
    expect(accounts).toMatchObject({
      state: 'partial',
      reasons: [{ code: 'cap' }],
    });
    // Everybody in a group is there all the same.
    expect(accounts?.rows).toBe(
      Object.keys(expectedRows(rig.sandbox).accounts).length,
    );
  });
});
