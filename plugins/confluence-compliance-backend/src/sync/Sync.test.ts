// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  Changes,
  Page,
  Space,
  World,
} from '@confluence-compliance/atlassian-sandbox';
import type { LabelPayload } from '../history';
import { expectedRows } from './__testUtils__/expected';
import {
  CONNECTION,
  everything,
  LABELS,
  type Replica,
  type Rig,
  type RigOptions,
  rowsOf,
  startRig,
  syncNow,
} from './__testUtils__/rig';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
let rig: Rig;

afterEach(async () => rig.close());

describe.each(databases.eachSupportedId())('Sync on %p', id => {
  async function start(
    options: Omit<RigOptions, 'knex'> = {},
  ): Promise<Replica> {
    rig = await startRig({ knex: await databases.init(id), ...options });
    return rig.replica();
  }

  it('reads what an administrator sees, by api-token', async () => {
    const replica = await start({ auth: 'api-token' });
    await replica.syncAll(1);
    const whole = expectedRows(rig.sandbox);
    const found = await everything(replica.history);
    expect(found.accounts).toEqual(whole.accounts);
    expect(found.memberships).toEqual(whole.memberships);
    expect(whole.pages).toMatchObject(found.pages);
    expect(Object.keys(found.pages).length).toBeGreaterThan(20);
  });

  it('reads the whole company as it is, by service account', async () => {
    const replica = await start();
    await replica.syncAll(1);
    expect(await everything(replica.history)).toEqual(
      expectedRows(rig.sandbox),
    );
    const run = await replica.sync.lastRun(CONNECTION);
    expect(run).toMatchObject({
      state: 'published',
      trigger: 'schedule',
      removed: 0,
      refused: [],
      requests: rig.sandbox.requests.total,
      points: rig.sandbox.requests.points,
    });
    const states = run?.datasets.map(d => [d.dataset, d.state, d.reasons]);
    expect(states).toEqual(
      [
        'groups',
        'memberships',
        'accounts',
        'spaces',
        'grants',
        'pages',
        'labels',
        'restrictions',
        'audit',
      ].map(dataset => [dataset, 'complete', []]),
    );
    expect(await replica.sync.connectionStatus(CONNECTION)).toMatchObject({
      state: 'connected',
      greenTick: true,
      syncRequested: false,
    });
  });

  it('keeps names and emails out of the history, as profiles', async () => {
    const replica = await start();
    await replica.syncAll();
    const account = rig.sandbox.changes.account('greta.oyelaran');
    const profiles = await replica.history.profiles('account', [
      account.accountId,
    ]);
    expect(profiles.get(account.accountId)).toMatchObject({
      name: account.displayName,
      email: account.email,
    });
    const stored = JSON.stringify(await rowsOf(replica.history, 'accounts'));
    expect(stored).not.toContain(account.displayName);
    expect(stored).not.toContain(account.email);
  });

  it('writes nothing when nothing changed, and needs no second look', async () => {
    const replica = await start();
    await replica.syncAll();
    const head = await replica.history.head();
    rig.sandbox.requests.reset();
    await syncNow(replica);
    expect(await replica.history.head()).toBe(head);
    const run = await replica.sync.lastRun(CONNECTION);
    expect(run).toMatchObject({
      trigger: 'manual',
      state: 'published',
      opened: 0,
      changed: 0,
      removed: 0,
    });
    expect(run?.revision).toBeUndefined();
    expect(run?.requests).toBe(rig.sandbox.requests.total);
    expect(run?.points).toBe(rig.sandbox.requests.points);
    const { byEndpoint } = rig.sandbox.requests;
    expect(byEndpoint['GET /wiki/rest/api/user/memberof']).toBeUndefined();
    expect(byEndpoint['GET /wiki/api/v2/pages/{id}']).toBeUndefined();
    expect(byEndpoint['GET /wiki/api/v2/spaces/{id}']).toBeUndefined();
  });

  it('reads who may do what in spaces for access reviews alone', async () => {
    rig = await startRig({ knex: await databases.init(id), labels: [] });
    const [connection] = rig.config.connections;
    connection.purposes = ['access-review'];
    connection.auth.forEach(method => {
      method.purposes = ['access-review'];
    });
    const replica = await rig.replica();
    await replica.syncAll();
    const whole = expectedRows(rig.sandbox);
    expect(await rowsOf(replica.history, 'spaces')).toEqual(whole.spaces);
    expect(await rowsOf(replica.history, 'grants')).toEqual(whole.grants);
    const { datasets } = await replica.sync.connectionStatus(CONNECTION);
    expect(datasets.find(d => d.dataset === 'grants')).toMatchObject({
      state: 'complete',
      required: false,
      rows: Object.keys(whole.grants).length,
      containers: { total: rig.sandbox.world.spaces.size },
    });
  });

  const changes: Array<[string, (changes: Changes) => void]> = [
    ['a leaver', c => c.removeAccount({ account: 'quinn.abernathy' })],
    ['a deactivation', c => c.deactivate({ account: 'greta.oyelaran' })],
    [
      'a member who leaves a group',
      c => c.removeFromGroup({ account: 'hugo.reyes', group: 'engineering' }),
    ],
    [
      'a group that is emptied',
      c =>
        c.removeFromGroup({
          account: 'zoe.karlsson',
          group: 'confluence-guests-northwind',
        }),
    ],
    [
      'a joiner',
      c => c.addAccount({ displayName: 'New', email: 'new@x.example' }),
    ],
    ['a trashed page', c => c.trashPage({ page: 'Access Control Policy' })],
    ['a purged page', c => c.purgePage({ page: 'Vendor Management Policy' })],
    [
      'a renamed group',
      c => c.renameGroup({ group: 'people-team', name: 'humans' }),
    ],
    ['a deleted group', c => c.deleteGroup({ group: 'okta-all-staff' })],
    [
      'a moved label',
      c => {
        c.removeLabel({ page: 'Access Control Policy', label: 'policy' });
        c.addLabel({ page: 'Service map', label: 'policy' });
      },
    ],
    [
      'a deleted group that had grants',
      c => c.deleteGroup({ group: 'security-team' }),
    ],
    ['an archived space', c => c.archiveSpace({ space: 'ENG' })],
    [
      'a restriction of an ancestor',
      c => c.restrictPage({ page: 'Policies', groups: ['security-team'] }),
    ],
    ['an edited page', c => c.editPage({ page: 'First week' })],
  ];

  it.each(changes)('shows %s and nothing else', async (_, change) => {
    const replica = await start();
    await replica.syncAll();
    const known = Object.keys(await rowsOf(replica.history, 'accounts'));
    const before = await everything(replica.history);
    change(rig.sandbox.changes);
    await syncNow(replica);
    const after = await everything(replica.history);
    const expected = expectedRows(rig.sandbox, { known });
    expect(after).toEqual(expected);
    expect(after).not.toEqual(before);
    const run = await replica.sync.lastRun(CONNECTION);
    expect(run?.refused).toEqual([]);
    const touched = differences(before, after);
    expect((run?.opened ?? 0) + (run?.changed ?? 0) + (run?.removed ?? 0)).toBe(
      touched,
    );
  });

  it('reads accounts after all access that may be gone', async () => {
    const replica = await start();
    // It is asked for once more, later than everything else.
    rig.sandbox.faults.add({
      endpoint: 'GET /wiki/api/v2/spaces/{id}/permissions',
      kind: 'status',
      status: 503,
      times: 1,
    });
    await replica.syncAll(1);
    const run = await replica.sync.lastRun(CONNECTION);
    const reads = await replica.history.readsOf(run?.id ?? '');
    const of = (...datasets: string[]) =>
      reads.filter(({ dataset }) => datasets.includes(dataset));
    const ends = of('memberships', 'grants').map(read => read.finishedAt);
    const [accounts] = of('accounts');
    expect(ends.length).toBeGreaterThan(2);
    expect(ends.filter(end => !end || end > accounts.startedAt)).toEqual([]);
  });

  it('follows a page that moves to another space without closing it', async () => {
    const replica = await start();
    await replica.syncAll();
    const page = rig.sandbox.changes.page('Your laptop');
    moveTo(page, rig.sandbox.changes.space('HELP'));
    rig.sandbox.world.revision += 1;
    await syncNow(replica);
    expect(await everything(replica.history)).toEqual(
      expectedRows(rig.sandbox),
    );
    expect(await replica.sync.lastRun(CONNECTION)).toMatchObject({
      opened: 0,
      changed: 1,
      removed: 0,
    });
  });

  it('asks for little more than the pages of its lists', async () => {
    const replica = await start({ sandbox: { size: 'S' } });
    await replica.syncAll();
    const { world, requests } = rig.sandbox;
    const pages = (n: number, size: number) => Math.max(1, Math.ceil(n / size));
    const total = (counts: number[]) => counts.reduce((a, b) => a + b, 0);
    const rows = expectedRows(rig.sandbox);
    const labelled = Object.values(rows.labels) as LabelPayload[];
    const needed = {
      'GET /wiki/rest/api/group': pages(world.groups.size, 200),
      'GET /wiki/rest/api/group/{groupId}/membersByGroupId': total(
        [...world.groups.values()].map(({ members }) =>
          pages(members.size, 200),
        ),
      ),
      'POST /wiki/api/v2/users-bulk': pages(
        Object.keys(rows.accounts).length,
        250,
      ),
      'GET /wiki/api/v2/spaces': pages(world.spaces.size, 250),
      'GET /wiki/api/v2/spaces/{id}/permissions': total(
        [...world.spaces.values()].map(space =>
          pages(space.grants.length, 250),
        ),
      ),
      'GET /wiki/api/v2/spaces/{id}/pages': total(
        [...world.spaces.values()].map(space => pages(space.pages.length, 250)),
      ),
      'GET /wiki/rest/api/audit': 1,
      // The labels' lists, which tell restrictions of their pages, too; then
      // those of what stands above these pages and has no label itself.
      'GET /wiki/rest/api/content/search':
        total(
          LABELS.map(label =>
            pages(labelled.filter(row => row.label === label).length, 50),
          ),
        ) + pages(ancestorsOf(world, labelled).size, 50),
    };
    const apart = {
      // Signing in: one token, and who we are.
      'POST /oauth/token': 1,
      'GET /wiki/rest/api/user/current': 1,
      // Whether spaces give access by permissions or by roles.
      'GET /wiki/api/v2/space-role-mode': 1,
      // The user search belongs to no list of rows: it finds people in no group.
      'GET /wiki/rest/api/search/user': pages(
        [...world.accounts.values()].filter(a => a.status === 'active').length,
        200,
      ),
    };
    expect(requests.byEndpoint).toEqual({ ...needed, ...apart });
    expect(labelled.length).toBeGreaterThan(50);
    const sum = total(Object.values(needed));
    const extra = total(Object.values(apart));
    expect(requests.total - extra).toBeLessThanOrEqual(sum * 1.02);
  });
});

/** Pages above labelled ones that carry none of the labels themselves. */
function ancestorsOf(world: World, labelled: LabelPayload[]): Set<number> {
  const own = new Set(labelled.map(({ pageId }) => Number(pageId)));
  const above = new Set<number>();
  for (const id of own) {
    for (let at = world.pages.get(id)?.parent; at; at = at.parent) {
      if (!own.has(at.id)) {
        above.add(at.id);
      }
    }
  }
  return above;
}

/** How many rows differ between two states, a changed one counted once. */
function differences(
  before: Record<string, Record<string, object>>,
  after: Record<string, Record<string, object>>,
): number {
  return Object.keys(before)
    .flatMap(dataset => {
      const [old, now] = [before[dataset], after[dataset]];
      const keys = new Set([...Object.keys(old), ...Object.keys(now)]);
      return [...keys].map(key => [old[key], now[key]]);
    })
    .filter(([old, now]) => JSON.stringify(old) !== JSON.stringify(now)).length;
}

function moveTo(page: Page, space: Space): void {
  page.space.pages = page.space.pages.filter(other => other !== page);
  page.space = space;
  page.parent = undefined;
  space.pages.push(page);
}
