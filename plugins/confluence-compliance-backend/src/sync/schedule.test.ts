// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import type { MetricsServiceObservableCallback } from '@backstage/backend-plugin-api/alpha';
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

const HOUR = 3_600_000;
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
let rig: Rig;

afterEach(async () => rig.close());

describe.each(databases.eachSupportedId())(
  'The schedule of a sync on %p',
  id => {
    async function start(
      options: Omit<RigOptions, 'knex'> = {},
    ): Promise<Replica> {
      rig = await startRig({ knex: await databases.init(id), ...options });
      return rig.replica();
    }

    it('reads only what is due, and of pages only the newest', async () => {
      const replica = await start();
      await replica.syncAll();
      rig.sandbox.requests.reset();
      await replica.slice();
      expect(rig.sandbox.requests.total).toBe(0);
      rig.clock.advance(HOUR);
      rig.sandbox.changes.editPage({ page: 'First week' });
      rig.sandbox.changes.addPage({ space: 'HELP', title: 'Brand new' });
      await replica.syncAll();
      const { byEndpoint } = rig.sandbox.requests;
      expect(byEndpoint['GET /wiki/api/v2/pages']).toBe(1);
      expect(byEndpoint['GET /wiki/api/v2/spaces/{id}/pages']).toBeUndefined();
      expect(byEndpoint['GET /wiki/rest/api/group']).toBeUndefined();
      expect(await everything(replica.history)).toEqual(
        expectedRows(rig.sandbox),
      );
      expect(await replica.sync.lastRun(CONNECTION)).toMatchObject({
        opened: 1,
        changed: 1,
        removed: 0,
      });
      expect(await replica.sync.connectionStatus(CONNECTION)).toMatchObject({
        greenTick: true,
      });
    });

    it('tells when it has found nothing to do, and not after it has read', async () => {
      await start();
      const onIdle = jest.fn(async () => {});
      const replica = await rig.replica({ sync: { onIdle } });
      await replica.syncAll();
      expect(onIdle).not.toHaveBeenCalled();
      await replica.slice();
      expect(onIdle).toHaveBeenCalledTimes(1);
    });

    it('does not wait for a time that a wrong clock once showed', async () => {
      const replica = await start();
      rig.clock.advance(48 * HOUR);
      await replica.syncAll();
      rig.clock.advance(-48 * HOUR);
      const next = await replica.sync.nextRunAt(CONNECTION);
      expect(Date.parse(next)).toBeLessThanOrEqual(rig.clock.now());
      await replica.syncAll();
      await replica.slice();
      const { items } = await replica.sync.runs(CONNECTION, { limit: 10 });
      expect(items).toHaveLength(2);
      expect(await replica.sync.connectionStatus(CONNECTION)).toMatchObject({
        greenTick: true,
      });
    });

    it('waits for no retry and no pause that a wrong clock has set', async () => {
      const replica = await start();
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
      rig.clock.advance(48 * HOUR);
      await expect(refused.slice()).rejects.toThrow('credential');
      rig.clock.advance(-48 * HOUR);
      expect(
        Date.parse(await replica.sync.nextRunAt(CONNECTION)),
      ).toBeLessThanOrEqual(rig.clock.now());
      rig.sandbox.faults.add({
        kind: 'status',
        status: 429,
        reason: 'confluence-quota-tenant-based',
        retryAfter: 1800,
        endpoint: 'GET /wiki/api/v2/spaces',
        times: 1,
      });
      rig.clock.advance(72 * HOUR);
      await replica.slice();
      rig.clock.advance(-72 * HOUR);
      expect(await replica.sync.activeRun(CONNECTION)).toMatchObject({
        state: 'paused',
      });
      expect(
        Date.parse(await replica.sync.nextRunAt(CONNECTION)),
      ).toBeLessThanOrEqual(rig.clock.now());
      // A client remembers a wait as long as its process lives.
      await (await rig.replica()).slice();
      expect(await replica.sync.lastRun(CONNECTION)).toMatchObject({
        state: 'published',
      });
    });

    it('misses no page after a clock that was wrong', async () => {
      const replica = await start();
      const { world, changes } = rig.sandbox;
      // Nothing says when a page was changed, but our own clock.
      [...world.pages.keys()].forEach(page =>
        changes.purgePage({ page: String(page) }),
      );
      rig.clock.advance(48 * HOUR);
      await replica.syncAll();
      rig.clock.advance(-48 * HOUR);
      await replica.syncAll();
      changes.addPage({ space: 'HELP', title: 'Brand new' });
      rig.clock.advance(HOUR);
      await replica.syncAll();
      expect(await everything(replica.history)).toEqual(
        expectedRows(rig.sandbox),
      );
      // As an earlier version has stored it.
      const ahead = new Date(rig.clock.now() + 48 * HOUR).toISOString();
      await replica.connections.knex('connections_state').update({
        pages_watermark: ahead,
      });
      changes.editPage({ page: 'Brand new' });
      rig.clock.advance(HOUR);
      await replica.syncAll();
      expect(await everything(replica.history)).toEqual(
        expectedRows(rig.sandbox),
      );
      const state = await replica.connections.state(CONNECTION);
      expect(Date.parse(state.pagesWatermark ?? '')).toBeLessThanOrEqual(
        rig.clock.now(),
      );
    });

    it('tries soon again what a passing trouble has cut short', async () => {
      const replica = await start();
      rig.sandbox.faults.add({
        kind: 'status',
        status: 500,
        endpoint: 'GET /wiki/rest/api/group/{groupId}/membersByGroupId',
        match: rig.sandbox.changes.group('engineering').id,
      });
      await replica.syncAll();
      expect(await replica.sync.connectionStatus(CONNECTION)).toMatchObject({
        state: 'partial',
        reason: { code: 'members-incomplete' },
      });
      rig.sandbox.faults.clear();
      rig.clock.advance(HOUR / 4);
      await replica.syncAll();
      const { items } = await replica.sync.runs(CONNECTION, { limit: 10 });
      expect(items).toHaveLength(1);
      rig.clock.advance(HOUR / 2);
      await replica.syncAll();
      expect(await everything(replica.history)).toEqual(
        expectedRows(rig.sandbox),
      );
      expect(await replica.sync.connectionStatus(CONNECTION)).toMatchObject({
        state: 'connected',
        greenTick: true,
      });
    });

    it('runs a connection once, then pages newest first', async () => {
      const replica = await start();
      await replica.syncAll();
      await syncNow(replica);
      await syncNow(replica);
      const first = await replica.sync.runs(CONNECTION, { limit: 2 });
      expect(first).toMatchObject({ totalItems: 3 });
      expect(first.items.map(run => run.trigger)).toEqual(['manual', 'manual']);
      const second = await replica.sync.runs(CONNECTION, {
        limit: 2,
        cursor: first.nextCursor,
      });
      expect(second.items.map(run => run.trigger)).toEqual(['schedule']);
      expect(second.nextCursor).toBeUndefined();
      await expect(
        replica.sync.runs(CONNECTION, { limit: 2, cursor: 'x' }),
      ).rejects.toThrow('cursor');
    });

    it('starts once more for a request that came while it was running', async () => {
      const replica = await start();
      rig.sandbox.faults.add({
        kind: 'stall',
        endpoint: 'POST /wiki/api/v2/users-bulk',
        times: 1,
      });
      const slice = replica.slice();
      await untilStalled(rig);
      await replica.sync.requestSync(CONNECTION);
      expect(await replica.sync.connectionStatus(CONNECTION)).toMatchObject({
        state: 'syncing',
        syncRequested: true,
        greenTick: false,
        activeRun: { trigger: 'schedule', state: 'running' },
      });
      rig.sandbox.faults.release();
      await slice;
      const { items } = await replica.sync.runs(CONNECTION, { limit: 10 });
      expect(items.map(run => [run.trigger, run.state])).toEqual([
        ['manual', 'published'],
        ['schedule', 'published'],
      ]);
    });

    it('reads again what somebody else has changed meanwhile', async () => {
      const replica = await start();
      await replica.syncAll();
      const group = rig.sandbox.changes.group('people-team');
      rig.sandbox.faults.add({
        kind: 'stall',
        endpoint: 'POST /wiki/api/v2/users-bulk',
        times: 1,
      });
      await replica.sync.requestSync(CONNECTION);
      const slice = replica.slice();
      await untilStalled(rig);
      await replica.history.change({}, change =>
        change.put(
          { source: CONNECTION, dataset: 'groups', key: 'site' },
          {
            key: group.id,
            payload: { name: 'other', managedBy: 'ADMINS', usageType: '' },
          },
        ),
      );
      rig.sandbox.faults.release();
      await slice;
      expect(await everything(replica.history)).toEqual(
        expectedRows(rig.sandbox),
      );
      expect(await replica.sync.lastRun(CONNECTION)).toMatchObject({
        state: 'published',
        changed: 1,
      });
    });

    it('measures age, requests and containers that are not complete', async () => {
      await start();
      const gauges = new Map<string, MetricsServiceObservableCallback>();
      const add = jest.fn();
      const metrics = metricsServiceMock.mock({
        createCounter: name => ({ add: (...args) => add(name, ...args) }),
        createObservableGauge: name => ({
          addCallback: tell => gauges.set(name, tell),
          removeCallback: () => {},
        }),
      });
      const replica = await rig.replica({ sync: { metrics } });
      await replica.syncAll();
      expect(
        add.mock.calls.filter(
          ([name]) => name === 'backstage.confluence-compliance.requests.total',
        ),
      ).toHaveLength(rig.sandbox.requests.total);
      rig.clock.advance(HOUR);
      const observe = jest.fn();
      for (const tell of gauges.values()) {
        await tell({ observe });
      }
      expect([...gauges.keys()]).toEqual([
        'backstage.confluence-compliance.sync.age',
        'backstage.confluence-compliance.containers.incomplete',
      ]);
      expect(observe.mock.calls[0][0]).toBeGreaterThanOrEqual(3600);
      expect(observe.mock.calls[1]).toEqual([0, { connection: CONNECTION }]);
    });

    it('registers one task per connection and tells about publishes', async () => {
      await start();
      const scheduler = mockServices.scheduler.mock();
      const onPublished = jest.fn();
      const replica = await rig.replica({ sync: { scheduler, onPublished } });
      await replica.sync.start();
      expect(scheduler.scheduleTask).toHaveBeenCalledTimes(1);
      expect(scheduler.scheduleTask.mock.calls[0][0]).toMatchObject({
        id: 'sync-acme',
        scope: 'global',
        frequency: { seconds: 30 },
        timeout: { minutes: 3 },
      });
      await replica.sync.requestSync(CONNECTION);
      expect(scheduler.triggerTask).toHaveBeenCalledWith('sync-acme');
      await replica.syncAll();
      expect(onPublished).toHaveBeenCalledWith(CONNECTION);
      await expect(replica.sync.requestSync('nowhere')).rejects.toThrow(
        "There is no connection 'nowhere'",
      );
    });

    it('reads a connection that is made later, also when taking it over fails at first', async () => {
      await start();
      const scheduler = mockServices.scheduler.mock();
      const { sync, connections } = await rig.replica({ sync: { scheduler } });
      await sync.start();
      scheduler.scheduleTask.mockClear();
      scheduler.scheduleTask.mockRejectedValueOnce(new Error('no database'));
      await connections.knex.transaction(tx =>
        connections.rows.insert(tx, {
          ...connections.get(CONNECTION),
          id: 'later',
          site: rig.sandbox.secondSiteUrl,
          origin: 'portal',
          version: 1,
        }),
      );
      await connections.reload();
      await connections.reload();
      await connections.reload();
      expect(
        scheduler.scheduleTask.mock.calls.map(([task]) => task.id),
      ).toEqual(['sync-later', 'sync-later']);
    });
  },
);
