// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { History, RevisionGoneError } from '..';
import { readWhole } from '../lists/readWhole';
import {
  account,
  group,
  many,
  member,
  openHistory,
  publishAll,
  ReadAll,
} from '../__testUtils__/setup';

jest.setTimeout(60_000);

const day = (n: number) =>
  `2020-01-${String(n).padStart(2, '0')}T00:00:00.000Z`;

/** As if revision n had been committed, and its reads finished, on day n. */
async function spread(knex: Knex, history: History) {
  const head = await history.head();
  for (let n = 1; n <= head; n += 1) {
    const at = day(n);
    await knex('history_revisions')
      .where({ revision: n })
      .update({ committed_at: at });
    await knex('history_reads')
      .where({ published_at: n })
      .update({ finished_at: at });
  }
  return head;
}

async function groupsAt(history: History, asOf: number) {
  const found = [];
  for await (const rows of history.rows('groups', { asOf })) {
    found.push(...rows);
  }
  return found;
}

/** Groups that change their names with every revision, and members that come and go. */
async function liveOn(history: History, revisions: number) {
  for (let n = 1; n <= revisions; n += 1) {
    const runId = `r${n}`;
    await publishAll(history, {
      runId,
      dataset: 'groups',
      rows: [group('g', `Team ${n}`), group('still')],
    });
  }
}

describe('prune', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const ids = databases.eachSupportedId();

  async function start(
    id: Parameters<typeof databases.init>[0],
    revisions = 6,
  ) {
    const knex = await databases.init(id);
    const history = await openHistory(knex);
    await liveOn(history, revisions);
    await spread(knex, history);
    return { knex, history };
  }

  it.each(ids)(
    'keeps every revision since the last one before, %p',
    async id => {
      const { knex, history } = await start(id);
      const states = (from: number) =>
        Promise.all(many(7 - from, n => groupsAt(history, from + n)));
      const before = await states(4);
      const pruned = await history.retention.prune({ before: day(5) });
      // What stood when day 5 began is revision 4; three names of g had ended by then.
      expect(pruned).toEqual({ oldest: 4, rows: 3, reads: 3 });
      expect(await states(4)).toEqual(before);
      // That all of it was known then is still known.
      const site = [{ connection: 'acme', id: 'site' }];
      for (const revision of [4, 5, 6]) {
        const whole = await readWhole(knex, 'groups', site, revision);
        expect(whole.size).toBe(1);
      }
      expect(await knex('history_groups').whereNull('closed')).toHaveLength(2);
      const [entry] = await knex('ledger_entries');
      expect(entry).toMatchObject({ kind: 'history.pruned', actor: 'system' });
      expect(JSON.parse(entry.payload)).toEqual(pruned);

      expect(await history.resolve(4)).toBe(4);
      expect(await history.resolve(day(4))).toBe(4);
      for (const asOf of [3, 0, '3', day(3), '2019-01-01']) {
        const asking = history.resolve(asOf);
        await expect(asking).rejects.toThrow(RevisionGoneError);
        await expect(history.resolve(asOf)).rejects.toThrow(
          `asOf ${asOf} is not kept any more: the oldest revision is 4, of ${day(
            4,
          )}`,
        );
      }
      // Whoever asks again deletes nothing more, and says nothing more.
      expect(await history.retention.prune({ before: day(5) })).toEqual({
        oldest: 4,
        rows: 0,
        reads: 0,
      });
      expect(await history.retention.prune({ before: day(1) })).toMatchObject({
        oldest: 4,
      });
      expect(await history.ledger.head(knex)).toMatchObject({ seq: 1 });
    },
  );

  it.each(ids)(
    'never deletes what stands, nor the last read of it, %p',
    async id => {
      const { knex, history } = await start(id);
      const head = await history.head();
      const before = await groupsAt(history, head);
      const pruned = await history.retention.prune({ before: day(31) });
      expect(pruned).toEqual({ oldest: head, rows: 5, reads: 5 });
      expect(await groupsAt(history, head)).toEqual(before);
      expect(await knex('history_reads').pluck('run_id')).toEqual(['r6']);
      // The times of rows that still stand are still known.
      expect(
        await knex('history_revisions').where({ revision: 1 }),
      ).toHaveLength(1);
    },
  );

  it.each(ids)('keeps the last read that was complete, %p', async id => {
    const knex = await databases.init(id);
    const history = await openHistory(knex);
    const see = (runId: string, more: Partial<ReadAll> = {}) =>
      publishAll(history, {
        runId,
        dataset: 'groups',
        rows: [group('g', runId)],
        ...more,
      });
    await see('complete before');
    await see('complete');
    await see('partial', { outcome: 'partial', reason: 'r: some' });
    await see('of news', { mode: 'incremental' });
    await see('partial at the oldest', {
      outcome: 'partial',
      reason: 'r: some',
    });
    await see('complete later');
    await spread(knex, history);
    const pruned = await history.retention.prune({ before: day(6) });
    expect(pruned).toMatchObject({ oldest: 5, reads: 3 });
    const left = () => knex('history_reads').orderBy('ordinal').pluck('run_id');
    expect(await left()).toEqual([
      'complete',
      'partial at the oldest',
      'complete later',
    ]);
    // Once there is a later one, it goes, too.
    await history.retention.prune({ before: day(31) });
    expect(await left()).toEqual(['complete later']);
  });

  it.each(ids)('goes on after it was stopped, %p', async id => {
    const knex = await databases.init(id);
    const history = await openHistory(knex);
    const count = 2_500;
    const members = { dataset: 'memberships', key: 'g' };
    const rows = many(count, n => member('g', `a${n}`));
    await publishAll(history, { ...members, runId: 'r1', rows });
    await publishAll(history, { ...members, runId: 'r2', rows: [] });
    await knex('history_memberships').update({ closed: 2 });
    // One row of a dataset that is pruned before.
    await liveOn(history, 2);
    await spread(knex, history);
    const stop = new AbortController();
    const watch = ({ sql }: { sql: string }) =>
      /^delete .*history_memberships/.test(sql) && stop.abort();
    knex.on('query', watch);
    await expect(
      history.retention.prune({ before: day(31), signal: stop.signal }),
    ).rejects.toThrow(/abort/);
    knex.removeListener('query', watch);
    const [first] = await knex('ledger_entries');
    expect(JSON.parse(first.payload)).toMatchObject({ rows: 1_001 });
    await expect(history.resolve(1)).rejects.toThrow(RevisionGoneError);
    const rest = await history.retention.prune({ before: day(31) });
    expect(rest.rows).toBe(count - 1_000);
    expect(await knex('history_memberships')).toHaveLength(0);
  });

  it.each(ids)('has readers of the feed start over, %p', async id => {
    const { knex, history } = await start(id);
    const read = (since?: string | number) =>
      history.changes({ since, limit: 1 });
    await publishAll(history, {
      runId: 'a',
      dataset: 'accounts',
      rows: [account('a1'), account('a2')],
    });
    const late = await read();
    await liveOn(history, 1);
    await spread(knex, history);
    await history.retention.prune({ before: day(8) });
    // This one saw revision 7, whatever it has come to.
    expect((await read(late.next)).items).toHaveLength(1);
    await history.retention.prune({ before: day(31) });
    const oldest = await history.head();
    for (const since of [late.next, 1, oldest - 1]) {
      await expect(read(since)).rejects.toThrow(RevisionGoneError);
    }
    expect(await read(oldest)).toMatchObject({ items: [], more: false });
    // A snapshot goes through what is older, to its end, and on from there.
    let page = await read();
    const seen = page.items.length;
    let total = seen;
    while (page.more) {
      page = await read(page.next);
      total += page.items.length;
    }
    expect(total).toBe(4);
    expect(await read(page.next)).toMatchObject({ items: [], more: false });
    expect((await read(0)).items).toHaveLength(1);
  });
});
