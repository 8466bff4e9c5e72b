// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { expectedRows } from './__testUtils__/expected';
import {
  CONNECTION,
  everything,
  type Replica,
  type Rig,
  type RigOptions,
  startRig,
  syncNow,
  untilStalled,
} from './__testUtils__/rig';

jest.setTimeout(60_000);

const GROUPS = 'GET /wiki/rest/api/group';
const MEMBERS = 'GET /wiki/rest/api/group/{groupId}/membersByGroupId';
const SEARCH = 'GET /wiki/rest/api/search/user';
const BULK = 'POST /wiki/api/v2/users-bulk';
const SPACES = 'GET /wiki/api/v2/spaces';
const PERMISSIONS = 'GET /wiki/api/v2/spaces/{id}/permissions';
const SPACE_PAGES = 'GET /wiki/api/v2/spaces/{id}/pages';
const CONTENT = 'GET /wiki/rest/api/content/search';
/** What the search for the pages above labelled ones asks for, and no other. */
const BY_IDS =
  'restrictions.read.restrictions.user,restrictions.read.restrictions.group';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
let rig: Rig;

afterEach(async () => rig.close());

describe.each(databases.eachSupportedId())(
  'A sync that is interrupted, on %p',
  id => {
    async function start(options: Partial<RigOptions> = {}): Promise<Replica> {
      rig = await startRig({ knex: await databases.init(id), ...options });
      return rig.replica();
    }

    it.each([
      ['groups', { endpoint: GROUPS, nth: 1 }],
      ['the first member list', { endpoint: MEMBERS, nth: 1 }],
      ['the middle of the member lists', { endpoint: MEMBERS, nth: 9 }],
      ['the user search', { endpoint: SEARCH, nth: 2 }],
      ['the look-up', { endpoint: BULK, nth: 2 }],
      ['spaces', { endpoint: SPACES, nth: 1 }],
      ['the permissions of a space', { endpoint: PERMISSIONS, nth: 3 }],
      ['the pages of a space', { endpoint: SPACE_PAGES, nth: 5 }],
      ['labels', { endpoint: CONTENT, nth: 2 }],
      ['the pages above labelled ones', { endpoint: CONTENT, match: BY_IDS }],
    ])('goes on elsewhere after an abort in %s', async (_, place) => {
      const first = await start({
        sandbox: { size: { accounts: 620, pages: 900 } },
      });
      rig.sandbox.faults.add({ kind: 'stall', ...place });
      const abort = new AbortController();
      const slice = first.slice(abort.signal);
      await untilStalled(rig);
      abort.abort(new Error('shut down'));
      await slice;
      rig.sandbox.faults.clear();
      expect(await first.history.head()).toBe(0);
      const interrupted = await first.sync.activeRun(CONNECTION);
      const done = interrupted?.datasets.reduce(
        (sum, { containers }) => sum + containers.done,
        0,
      );
      expect(interrupted?.state).toBe('running');

      const before = { ...rig.sandbox.requests.byEndpoint };
      const second = await rig.replica();
      await second.syncAll(1);
      const run = await second.sync.lastRun(CONNECTION);
      expect(run).toMatchObject({ id: interrupted?.id, state: 'published' });
      expect(await everything(second.history)).toEqual(
        expectedRows(rig.sandbox),
      );
      // Containers that were finished are not read again.
      const finished = (dataset: string) =>
        interrupted?.datasets.find(d => d.dataset === dataset)?.containers.done;
      const repeated = [
        [GROUPS, finished('groups') === 1],
        [SPACES, finished('spaces') === 1],
        // Restrictions are searched for in the same place as labels.
        [CONTENT, finished('labels') === 3 && finished('restrictions') === 1],
        [MEMBERS, finished('memberships') === 14],
        [PERMISSIONS, finished('grants') === 6],
        [SPACE_PAGES, finished('pages') === 6],
      ].filter(
        ([name, ended]) =>
          ended &&
          rig.sandbox.requests.of(`${name}`) > (before[`${name}`] ?? 0),
      );
      expect(repeated).toEqual([]);
      expect(done).toBeLessThan(36);
    });

    it('works in slices that end in time and lose nothing', async () => {
      const replica = await start({
        sandbox: { size: { accounts: 620, pages: 900 } },
      });
      // Every request takes forty seconds, so a slice sees only a few.
      rig.sandbox.faults.add({ kind: 'slow', ms: 0, endpoint: '*' });
      const slow = await rig.replica({
        client: {
          onRequest: () => rig.clock.advance(40_000),
        },
      });
      let slices = 0;
      do {
        await slow.slice();
        slices += 1;
      } while ((await replica.sync.activeRun(CONNECTION)) && slices < 60);
      expect(slices).toBeGreaterThan(3);
      expect(await slow.sync.lastRun(CONNECTION)).toMatchObject({
        state: 'published',
      });
      expect(await everything(slow.history)).toEqual(expectedRows(rig.sandbox));
      const runs = await slow.sync.runs(CONNECTION, { limit: 10 });
      expect(runs.items.filter(run => run.state === 'published')).not.toEqual(
        [],
      );
    });

    it('lets one of two replicas work, and publishes once', async () => {
      const first = await start();
      const onPublished = jest.fn();
      const replicas = [
        first,
        await rig.replica({ sync: { onPublished } }),
        await rig.replica({ sync: { onPublished } }),
      ];
      await Promise.all(replicas.map(replica => replica.slice()));
      const { items } = await first.sync.runs(CONNECTION, { limit: 10 });
      expect(items).toHaveLength(1);
      expect(await first.history.head()).toBe(1);
      expect(await everything(first.history)).toEqual(
        expectedRows(rig.sandbox),
      );
    });

    it('does not let a slice write or publish that another has taken over', async () => {
      const first = await start();
      rig.sandbox.faults.add({ kind: 'stall', endpoint: BULK, times: 1 });
      const late = first.slice();
      await untilStalled(rig);
      // The first replica hangs for longer than its token lives.
      rig.clock.advance(181_000);
      const second = await rig.replica();
      await second.slice();
      expect(await second.sync.lastRun(CONNECTION)).toMatchObject({
        state: 'published',
      });
      rig.sandbox.faults.release();
      await late;
      expect(await second.history.head()).toBe(1);
      const { items } = await second.sync.runs(CONNECTION, { limit: 10 });
      expect(items).toHaveLength(1);
      expect(await everything(second.history)).toEqual(
        expectedRows(rig.sandbox),
      );
    });

    it('pauses for a used up quota and goes on by itself', async () => {
      const replica = await start();
      rig.sandbox.faults.add({
        kind: 'status',
        status: 429,
        reason: 'confluence-quota-tenant-based',
        retryAfter: 1800,
        endpoint: MEMBERS,
        nth: 6,
        times: 1,
      });
      await replica.slice();
      const paused = await replica.sync.activeRun(CONNECTION);
      expect(paused).toMatchObject({
        state: 'paused',
        reason: { code: 'quota' },
      });
      expect(await replica.sync.nextRunAt(CONNECTION)).toBe(paused?.resumeAt);
      const sent = rig.sandbox.requests.total;
      const wait = Date.parse(paused?.resumeAt ?? '') - rig.clock.now();
      expect(wait).toBeGreaterThan(1_700_000);
      rig.clock.advance(wait - 10_000);
      await replica.slice();
      expect(rig.sandbox.requests.total).toBe(sent);
      rig.clock.advance(11_000);
      await replica.slice();
      // A quota ends with the hour: begun with one, the next run is due by then, too.
      const { items } = await replica.sync.runs(CONNECTION, { limit: 10 });
      expect(items.at(-1)).toMatchObject({
        id: paused?.id,
        state: 'published',
      });
      expect(await everything(replica.history)).toEqual(
        expectedRows(rig.sandbox),
      );
    });

    it('fails for a refused credential, keeps what stands and says why', async () => {
      const replica = await start();
      await replica.syncAll();
      const before = await everything(replica.history);
      const { serviceAccount } = rig.sandbox.credentials;
      const refused = await rig.replica({
        auth: [
          {
            method: 'service-account',
            ...serviceAccount,
            clientSecret: 'not-this-one',
          },
        ],
      });
      await refused.sync.requestSync(CONNECTION);
      await expect(refused.slice()).rejects.toThrow('credential');
      expect(await refused.sync.lastRun(CONNECTION)).toMatchObject({
        state: 'failed',
        reason: { code: 'credential-refused' },
      });
      expect(await refused.sync.connectionStatus(CONNECTION)).toMatchObject({
        state: 'failed',
        reason: { code: 'credential-refused' },
        greenTick: false,
      });
      expect(await everything(replica.history)).toEqual(before);
      const state = await refused.connections.state(CONNECTION);
      expect(state.lastError?.code).toBe('credential-refused');
      expect(JSON.stringify(state)).not.toContain('not-this-one');
      // It is not tried again at once, but it is when somebody asks.
      rig.sandbox.requests.reset();
      await refused.slice();
      expect(rig.sandbox.requests.total).toBe(0);
      await syncNow(replica);
      expect(await replica.sync.connectionStatus(CONNECTION)).toMatchObject({
        state: 'connected',
        greenTick: true,
      });
    });

    it('removes nothing when the credential is another one', async () => {
      const replica = await start();
      await replica.syncAll();
      const before = await everything(replica.history);
      const other = await rig.replica({
        auth: [{ method: 'api-token', ...rig.sandbox.credentials.apiToken }],
      });
      rig.sandbox.changes.hideSpace({ space: 'PPL' });
      rig.sandbox.changes.removeFromGroup({
        account: 'hugo.reyes',
        group: 'engineering',
      });
      rig.sandbox.changes.deleteGroup({ group: 'leadership' });
      await syncNow(other);
      expect(await other.sync.lastRun(CONNECTION)).toMatchObject({
        state: 'published',
        removed: 0,
      });
      const after = await everything(other.history);
      for (const dataset of Object.keys(before)) {
        expect(Object.keys(after[dataset])).toEqual(
          expect.arrayContaining(Object.keys(before[dataset])),
        );
      }
    });

    it('reads people with classic scopes and names what else is missing', async () => {
      const replica = await start({ auth: 'classic' });
      await replica.syncAll();
      const whole = expectedRows(rig.sandbox);
      const found = await everything(replica.history);
      expect(found.groups).toEqual(whole.groups);
      expect(found.memberships).toEqual(whole.memberships);
      expect(Object.keys(found.accounts)).toEqual(
        [...rig.sandbox.world.accounts.values()]
          .filter(account => account.groups.size > 0)
          .map(account => account.accountId)
          .sort(),
      );
      const run = await replica.sync.lastRun(CONNECTION);
      expect(run?.state).toBe('published');
      const byName = new Map(run?.datasets.map(d => [d.dataset, d]));
      expect(byName.get('accounts')).toMatchObject({
        state: 'partial',
        reasons: [{ code: 'scope-missing' }],
      });
      expect(byName.get('spaces')).toMatchObject({
        state: 'failed',
        reasons: [
          {
            code: 'scope-missing',
            text: expect.stringContaining('read:space:confluence'),
          },
        ],
      });
      expect(byName.get('grants')).toMatchObject({ containers: { total: 0 } });
      expect(await replica.sync.connectionStatus(CONNECTION)).toMatchObject({
        state: 'partial',
        greenTick: false,
      });
    });
  },
);
