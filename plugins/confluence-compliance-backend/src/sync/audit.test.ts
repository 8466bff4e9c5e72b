// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import {
  CONNECTION,
  everything,
  type Replica,
  type Rig,
  rowsOf,
  startRig,
  syncNow,
} from './__testUtils__/rig';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const AUDIT = 'GET /wiki/rest/api/audit';
const ACCESS = { category: 'Permissions', summary: 'Space permission added' };

describe.each(databases.eachSupportedId())('Audit log on %p', id => {
  let knex: Knex;
  let rig: Rig;
  let replica: Replica;

  beforeEach(async () => {
    knex = await databases.init(id);
    rig = await startRig({ knex });
    replica = await rig.replica();
  });

  afterEach(() => rig.close());

  const state = async () =>
    (await replica.connections.states.get(CONNECTION)).audit;
  const report = async () =>
    (await replica.sync.lastRun(CONNECTION))?.datasets.find(
      ({ dataset }) => dataset === 'audit',
    );
  /** Until what is recorded now counts as settled. */
  const settle = () => rig.clock.advance(11 * 60_000);
  const timeOf = (summary: string) => {
    const found = rig.sandbox.world.audit.find(
      record => record.summary === summary,
    );
    return new Date(found!.createdAt * 1000).toISOString();
  };

  it('says when something was recorded, how far back, and how often access has changed', async () => {
    await replica.syncAll();
    const first = await state();
    const since = Date.parse(first!.since) / 1000;
    const { audit } = rig.sandbox.world;
    const seen = audit.filter(({ createdAt }) => createdAt >= since);
    const access = seen.filter(({ category }) =>
      ['Permissions', 'Users and groups'].includes(category),
    );
    expect(seen.length).toBeGreaterThan(access.length);
    const newest = (records: typeof seen) =>
      Math.max(...records.map(({ createdAt }) => createdAt)) * 1000;
    expect(first).toMatchObject({
      accessEvents: access.length,
      newestAt: new Date(newest(seen)).toISOString(),
      accessAt: new Date(newest(access)).toISOString(),
    });
    expect(await rowsOf(replica.history, 'audit')).toEqual({
      site: { reachesTo: first!.reachesTo, accessAt: first!.accessAt },
    });
    expect(await report()).toMatchObject({ state: 'complete', rows: 1 });
    const payloads = await knex('history_audit').pluck('payload');
    expect(payloads.join()).not.toMatch(/Okafor|192\.0\.2|northwind/);
  });

  it('opens an interval only when access has changed, and counts from the watermark', async () => {
    await replica.syncAll();
    const first = await state();
    const head = await replica.history.head();
    rig.sandbox.changes.addAuditRecord({ category: 'Pages', summary: 'Moved' });
    settle();
    await syncNow(replica);
    expect(await replica.history.head()).toBe(head);
    expect(await state()).toMatchObject({
      accessEvents: 0,
      newestAt: timeOf('Moved'),
      accessAt: first!.accessAt,
      reachesTo: first!.reachesTo,
    });
    settle();
    rig.sandbox.changes.addAuditRecord(ACCESS);
    // What is not settled yet waits, and is then counted once.
    rig.sandbox.world.audit[0].createdAt += 20 * 60;
    await syncNow(replica);
    expect((await state())?.accessEvents).toBe(0);
    settle();
    settle();
    await syncNow(replica);
    expect(await state()).toMatchObject({
      accessEvents: 1,
      accessAt: timeOf(ACCESS.summary),
    });
    expect(await replica.history.head()).toBe(head + 1);
    await syncNow(replica);
    expect((await state())?.accessEvents).toBe(0);
    expect(await replica.history.head()).toBe(head + 1);
  });

  it('misses nothing when its watermark is of a clock that was wrong', async () => {
    const day = 24 * 3_600_000;
    rig.clock.advance(day);
    await replica.syncAll();
    rig.clock.advance(-day);
    rig.sandbox.changes.addAuditRecord(ACCESS);
    settle();
    await syncNow(replica);
    expect(await state()).toMatchObject({ accessAt: timeOf(ACCESS.summary) });
    await syncNow(replica);
    expect((await state())?.accessEvents).toBe(0);
  });

  it('does not count in a language that it does not know', async () => {
    await replica.syncAll();
    rig.sandbox.changes.addAuditRecord({
      category: 'Berechtigungen',
      summary: 'Hinzugefügt',
    });
    // A word that two languages share does not make it understood.
    rig.sandbox.changes.addAuditRecord({ category: 'Pages', summary: 'Seite' });
    settle();
    await syncNow(replica);
    expect(await state()).toMatchObject({
      accessEvents: null,
      newestAt: timeOf('Seite'),
    });
  });

  it.each([
    [
      { kind: 'status', status: 401 },
      'scope-missing',
      'read:audit-log:confluence',
    ],
    [{ kind: 'status', status: 403 }, 'forbidden', 'administrator'],
    [{ kind: 'invalid-json' }, 'upstream-invalid-response', ''],
  ] as const)('fails alone after %j', async (fault, code, text) => {
    await replica.syncAll();
    const before = {
      all: await everything(replica.history),
      own: await rowsOf(replica.history, 'audit'),
      state: await state(),
    };
    rig.sandbox.faults.add({ ...fault, endpoint: AUDIT });
    await syncNow(replica);
    expect(await report()).toMatchObject({
      state: 'failed',
      reasons: [{ code, text: expect.stringContaining(text) }],
    });
    expect(await everything(replica.history)).toEqual(before.all);
    expect(await rowsOf(replica.history, 'audit')).toEqual(before.own);
    expect(await state()).toEqual(before.state);
    const status = await replica.sync.connectionStatus(CONNECTION);
    expect(status).toMatchObject({ state: 'connected', greenTick: true });
    expect(status.datasets).toContainEqual(
      expect.objectContaining({ dataset: 'audit', required: false }),
    );
  });

  it('is not counted from a read that is not whole', async () => {
    await replica.syncAll();
    const before = await state();
    rig.sandbox.changes.addAuditRecord(ACCESS);
    settle();
    rig.sandbox.faults.add({
      kind: 'field',
      field: 'summary',
      endpoint: AUDIT,
      times: 1,
    });
    await syncNow(replica);
    expect(await report()).toMatchObject({ state: 'partial', malformed: 1 });
    expect(await state()).toEqual(before);
    await syncNow(replica);
    expect((await state())?.accessEvents).toBe(1);
  });
});
