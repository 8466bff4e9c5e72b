// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { History, type ObservedRow, StaleStagingError } from '.';
import { many, openHistory, publishAll } from './__testUtils__/setup';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const result = (id: string, verdict = 'pass', checkId = 'k'): ObservedRow => ({
  key: `${checkId}|account|${id}`,
  payload: {
    checkId,
    subjectKind: 'account',
    subjectId: id,
    verdict,
    reason: 'r',
    facts: {},
    accountId: id,
    resource: null,
  },
});

const begin = (runId: string, more: object = {}) => ({
  runId,
  source: 'acme',
  dataset: 'results',
  key: 'k',
  mode: 'difference' as const,
  scope: 'derived',
  ...more,
});

/** Stages what differs from what stands, and says what is gone. */
async function tell(history: History, readId: string, rows: ObservedRow[]) {
  const standing = await history.standing(readId);
  const told: ObservedRow[] = [];
  for (const row of rows) {
    if (await standing.differs(row)) {
      told.push(row);
    }
  }
  const gone = await standing.left();
  await history.stage(readId, told, { gone });
  await history.finishRead(readId, {
    outcome: 'complete',
    expected: rows.length,
  });
  return { told: told.map(({ key }) => key), gone };
}

async function keys(history: History): Promise<string[]> {
  const found: string[] = [];
  for await (const rows of history.rows('results', {
    asOf: await history.head(),
  })) {
    found.push(
      ...rows.map(
        ({ source, key, payload }) => `${source} ${key} ${payload.verdict}`,
      ),
    );
  }
  return found.sort();
}

describe.each(databases.eachSupportedId())('a difference on %p', id => {
  it('says as much as a full read, by fewer rows, of its container only', async () => {
    const history = await openHistory(await databases.init(id));
    const other = { source: 'acme', dataset: 'results', scope: 'derived' };
    await publishAll(history, {
      ...other,
      runId: 'r0',
      key: 'other',
      rows: [result('a', 'pass', 'other')],
    });
    const first = await history.beginRead(begin('r1'));
    const rows = [result('a'), result('b'), result('c')];
    expect(await tell(history, first.id, rows)).toMatchObject({ gone: [] });
    await history.publish({ runId: 'r1' });
    const read = await history.beginRead(begin('r2'));
    const next = [result('a'), result('b', 'fail'), result('d')];
    expect(await tell(history, read.id, next)).toEqual({
      told: ['k|account|b', 'k|account|d'],
      gone: ['k|account|c'],
    });
    expect(await history.missing(read.id, 5)).toEqual({
      keys: ['k|account|c'],
      total: 1,
    });
    expect(await history.publish({ runId: 'r2' })).toMatchObject({
      opened: 1,
      changed: 1,
      removed: 1,
      refused: [],
    });
    expect(await keys(history)).toEqual([
      'acme k|account|a pass',
      'acme k|account|b fail',
      'acme k|account|d pass',
      'acme other|account|a pass',
    ]);
    const [state] = await history.containers({ source: 'acme' });
    expect(state).toMatchObject({ key: 'k', outcome: 'complete', rows: 3 });
    expect(state.completeAt).toBeDefined();
  });

  it('is refused where nobody can know what stands', async () => {
    const history = await openHistory(await databases.init(id));
    await expect(
      history.beginRead(begin('r1', { dataset: 'pages' })),
    ).rejects.toThrow('only results can be told by their difference');
    const full = await history.beginRead(begin('r1', { mode: 'full' }));
    await expect(history.standing(full.id)).rejects.toThrow('is full');
    await expect(
      history.stage(full.id, [], { gone: ['k|account|a'] }),
    ).rejects.toThrow('gone may be told by a read of the difference only');
  });

  it('publishes nothing when what it was told from has changed', async () => {
    const history = await openHistory(await databases.init(id));
    const first = await history.beginRead(begin('r1'));
    await tell(history, first.id, [result('a'), result('b')]);
    await history.publish({ runId: 'r1' });
    const read = await history.beginRead(begin('r2'));
    await tell(history, read.id, [result('a'), result('b')]);
    await history.change({}, change =>
      change.remove(
        { source: 'acme', dataset: 'results', key: 'k' },
        'k|account|b',
      ),
    );
    await expect(history.publish({ runId: 'r2' })).rejects.toThrow(
      StaleStagingError,
    );
    const again = await history.restartRead(read.id);
    const rows = [result('a'), result('b')];
    expect(await tell(history, again.id, rows)).toMatchObject({
      told: ['k|account|b'],
    });
    await history.publish({ runId: 'r2' });
    expect(await keys(history)).toHaveLength(2);
  });

  it('stands behind the fence and the guard of removals', async () => {
    const knex = await databases.init(id);
    const history = await openHistory(knex);
    const all = many(40, n => result(`a${n}`));
    const first = await history.beginRead(begin('r1'));
    await tell(history, first.id, all);
    await history.publish({ runId: 'r1' });
    const read = await history.beginRead(begin('r2'));
    const fence = async () => {
      throw new Error('taken over');
    };
    await expect(
      history.stage(read.id, [], { gone: ['k|account|a1'], fence }),
    ).rejects.toThrow('taken over');
    expect(await knex('history_staged').select()).toEqual([]);
    await tell(history, read.id, all.slice(0, 10));
    await expect(history.publish({ runId: 'r2', fence })).rejects.toThrow(
      'taken over',
    );
    expect(await keys(history)).toHaveLength(40);
    const { refused } = await history.publish({ runId: 'r2' });
    expect(refused).toMatchObject([{ missing: 30, of: 40 }]);
    expect(await keys(history)).toHaveLength(40);
    const accepted = { actor: 'system', reason: 'they follow their data' };
    await history.acceptShrink({ readId: refused[0].readId, ...accepted });
    expect(await keys(history)).toHaveLength(10);
    expect(await knex('history_staged').select()).toEqual([]);
  });

  it('leaves nothing of a source that is forgotten while it is told', async () => {
    const history = await openHistory(await databases.init(id));
    for (const source of ['acme', 'beta']) {
      const first = await history.beginRead(begin(`of ${source}`, { source }));
      await tell(history, first.id, [result('a'), result('b')]);
      await history.publish({ runId: `of ${source}` });
    }
    const read = await history.beginRead(begin('r2'));
    await tell(history, read.id, [result('a'), result('c')]);
    await history.forget('acme');
    expect(await history.publish({ runId: 'r2' })).toMatchObject({
      opened: 0,
      removed: 0,
    });
    expect(await keys(history)).toEqual([
      'beta k|account|a pass',
      'beta k|account|b pass',
    ]);
    const again = await history.beginRead(begin('r3'));
    const rows = [result('a')];
    expect(await tell(history, again.id, rows)).toMatchObject({
      told: ['k|account|a'],
      gone: [],
    });
  });
});
