// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { RunDataset } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { expectedRows } from './__testUtils__/expected';
import {
  CONNECTION,
  type Replica,
  type Rig,
  rowsOf,
  startRig,
  syncNow,
  untilStalled,
} from './__testUtils__/rig';

jest.setTimeout(60_000);

const GROUPS = ['read:confluence-groups'];
const GROUPS_AND_USERS = [
  'read:confluence-user',
  'read:confluence-groups',
  'read:content-details:confluence',
];
const MEMBERS = 'GET /wiki/rest/api/group/{groupId}/membersByGroupId';
const MEMBER_OF = 'GET /wiki/rest/api/user/memberof';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
let rig: Rig;
let replica: Replica;

afterEach(async () => rig.close());

describe.each(databases.eachSupportedId())('scopes of others on %p', id => {
  async function begin(scopes: string[]) {
    const knex = await databases.init(id);
    rig = await startRig({ knex });
    const client = rig.sandbox.issueClient({ scopes });
    replica = await rig.replica({
      auth: [{ method: 'service-account', ...client }],
    });
    await replica.syncAll();
    rig.sandbox.requests.reset();
  }

  async function datasets(): Promise<Record<string, RunDataset>> {
    const run = await replica.sync.lastRun(CONNECTION);
    expect(run?.state).toBe('published');
    return Object.fromEntries(
      (run?.datasets ?? []).map(read => [read.dataset, read]),
    );
  }

  const memberships = () => rowsOf(replica.history, 'memberships');
  const engineering = () => rig.sandbox.changes.group('engineering').id;
  function leave(account: string) {
    const group = 'engineering';
    const { accountId } = rig.sandbox.changes.account(account);
    rig.sandbox.changes.removeFromGroup({ account, group });
    return `${engineering()}/${accountId}`;
  }

  it('reads groups and members with the scope for groups alone', async () => {
    await begin(GROUPS);
    const read = await datasets();
    expect(read).toMatchObject({
      groups: { state: 'complete', reasons: [] },
      memberships: { state: 'complete', reasons: [] },
      accounts: { state: 'partial', reasons: [{ code: 'scope-missing' }] },
    });
    const [{ text }] = read.accounts.reasons;
    expect(text).toContain('read:content-details:confluence');
    expect(text).toContain('read:user:confluence');
    const whole = expectedRows(rig.sandbox);
    expect(await memberships()).toEqual(whole.memberships);
    expect(await rowsOf(replica.history, 'groups')).toEqual(whole.groups);
    expect(
      Object.keys(await rowsOf(replica.history, 'accounts')).length,
    ).toBeGreaterThan(20);
  });

  it('believes two whole reads where it may not look at the account', async () => {
    await begin(GROUPS);
    const before = await memberships();
    const gone = leave('hugo.reyes');
    await syncNow(replica);
    expect((await datasets()).memberships).toMatchObject({
      state: 'complete',
      reasons: [],
    });
    const { [gone]: _, ...left } = before;
    expect(await memberships()).toEqual(left);
    expect((await replica.sync.lastRun(CONNECTION))?.removed).toBe(1);
    expect(rig.sandbox.requests.of(MEMBER_OF)).toBe(1);
    expect(rig.sandbox.requests.of(MEMBERS)).toBe(
      rig.sandbox.world.groups.size + 1,
    );
  });

  it('believes no list that the second whole read contradicts', async () => {
    await begin(GROUPS);
    const before = await memberships();
    const gone = leave('hugo.reyes');
    // Back again between the two reads, as if the first one had left it out.
    rig.sandbox.faults.add({
      endpoint: MEMBERS,
      match: engineering(),
      kind: 'change',
      change: 'addToGroup',
      args: { account: 'hugo.reyes', group: 'engineering' },
    });
    await syncNow(replica);
    const read = await datasets();
    expect(read.memberships).toMatchObject({
      state: 'partial',
      reasons: [{ code: 'unstable-list' }],
    });
    expect(await memberships()).toEqual(before);
    rig.sandbox.faults.clear();
    leave('hugo.reyes');
    await syncNow(replica);
    expect(Object.keys(await memberships())).not.toContain(gone);
  });

  it('goes on with the second read after a slice that ended', async () => {
    await begin(GROUPS);
    const before = await memberships();
    const gone = leave('hugo.reyes');
    const stop = new AbortController();
    rig.sandbox.faults.add({
      endpoint: MEMBERS,
      match: engineering(),
      kind: 'stall',
      nth: 2,
      times: 1,
    });
    await replica.sync.requestSync(CONNECTION);
    const slice = replica.slice(stop.signal);
    await untilStalled(rig);
    stop.abort();
    await slice.catch(() => {});
    rig.sandbox.faults.clear();
    await replica.syncAll();
    const { [gone]: _, ...left } = before;
    expect(await memberships()).toEqual(left);
    expect(rig.sandbox.requests.of(MEMBER_OF)).toBe(1);
  });

  it('reads accounts too with the scopes for groups and users', async () => {
    await begin(GROUPS_AND_USERS);
    const read = await datasets();
    expect(read).toMatchObject({
      groups: { state: 'complete', reasons: [] },
      memberships: { state: 'complete', reasons: [] },
      // What it lacks is the status that only the newer look-up by id gives.
      accounts: {
        state: 'partial',
        reasons: [
          {
            code: 'scope-missing',
            text: 'The scope read:user:confluence is missing',
          },
        ],
      },
    });
    const whole = expectedRows(rig.sandbox);
    expect(await memberships()).toEqual(whole.memberships);
    const accounts = await rowsOf(replica.history, 'accounts');
    expect(Object.keys(accounts)).toEqual(Object.keys(whole.accounts).sort());
    // The search that the third scope opens also finds pages by their labels.
    const others = ['spaces', 'grants', 'pages'];
    const named = others.map(dataset => [
      dataset,
      read[dataset].state,
      read[dataset].reasons,
    ]);
    const reasons = [
      {
        code: 'scope-missing',
        text: expect.stringContaining('read:space:confluence'),
      },
    ];
    expect(named).toEqual(others.map(dataset => [dataset, 'failed', reasons]));
    const status = await replica.sync.connectionStatus(CONNECTION);
    expect(
      status.datasets
        .filter(({ dataset }) => others.includes(dataset))
        .map(dataset => dataset.reasons),
    ).toEqual(others.map(() => reasons));
  });
});
