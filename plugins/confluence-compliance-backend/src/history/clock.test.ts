// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { DateTime } from 'luxon';
import { RevisionGoneError } from '.';
import {
  account,
  openHistory,
  publishAll,
  readAll,
} from './__testUtils__/setup';

describe('the clock', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const ids = databases.eachSupportedId();

  it.each(ids)('resolves revisions and times, %p', async id => {
    const knex = await databases.init(id);
    const history = await openHistory(knex);
    expect(await history.head()).toBe(0);
    const before = new Date().toISOString();
    for (const runId of ['1', '2']) {
      await publishAll(history, {
        runId,
        dataset: 'accounts',
        rows: [account(runId)],
      });
    }
    const { committed_at: committed } = await knex('history_revisions')
      .where({ revision: 1 })
      .first();
    const offset = DateTime.fromISO(committed, { zone: '+02:00' }).toISO();
    expect(await history.resolve()).toBe(2);
    expect(await history.resolve(1)).toBe(1);
    expect(await history.resolve('1')).toBe(1);
    expect(await history.resolve(before)).toBe(0);
    expect(await history.resolve('2020-01-01')).toBe(0);
    expect(await history.resolve(committed)).toBe(1);
    expect(await history.resolve(offset as string)).toBe(1);
    expect(await history.resolve(new Date().toISOString())).toBe(2);
  });

  it.each(ids)('refuses what it cannot know, %p', async id => {
    const knex = await databases.init(id);
    const history = await openHistory(knex);
    for (const asOf of ['', 'yesterday', '12:00', -1, 1.5, NaN, '1', 7]) {
      await expect(history.resolve(asOf)).rejects.toThrow(/^asOf/);
    }
    const later = DateTime.now().plus({ minutes: 5 }).toISO();
    await expect(history.resolve(later)).rejects.toThrow('in the future');
    await knex('history_clock').update({ revision: 5, oldest: 3 });
    await expect(history.resolve(2)).rejects.toThrow(RevisionGoneError);
  });

  it.each(ids)('waits for a writer in flight, %p', async id => {
    const knex = await databases.init(id);
    const history = await openHistory(knex);
    await readAll(history, {
      runId: '1',
      dataset: 'accounts',
      rows: [account('a')],
    });
    let answer: Promise<number> | undefined;
    await history.publish({
      runId: '1',
      record: async tx => {
        const { committed_at: at } = await tx('history_clock').first();
        answer = history.resolve(at);
        // Long enough for the question to be asked before this commits.
        await new Promise(resolve => setTimeout(resolve, 100));
      },
    });
    expect(await answer).toBe(1);
  });

  it.each(ids)('never runs backwards, %p', async id => {
    const knex = await databases.init(id);
    const history = await openHistory(knex);
    const ahead = DateTime.utc().plus({ minutes: 1 }).toISO();
    await knex('history_clock').update({ committed_at: ahead });
    await publishAll(history, {
      runId: '1',
      dataset: 'accounts',
      rows: [account('a')],
    });
    const [row] = await knex('history_revisions').select();
    expect(row.committed_at).toBe(ahead);
  });
});
