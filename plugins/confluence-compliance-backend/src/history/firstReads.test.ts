// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { account, openHistory, page, publishAll } from './__testUtils__/setup';

jest.setTimeout(120_000);

describe('first reads', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const ids = databases.eachSupportedId();
  const begin = {
    runId: '2',
    source: 'acme',
    dataset: 'pages' as const,
    mode: 'full' as const,
    scope: 'all',
  };

  it.each(ids)(
    'miss nothing in a container that never had a row, %p',
    async id => {
      const history = await openHistory(await databases.init(id));
      const dataset = 'pages' as const;
      await publishAll(history, {
        dataset,
        runId: '1',
        key: 'old',
        rows: [page('a', 's')],
      });
      const old = await history.beginRead({ ...begin, key: 'old' });
      const fresh = await history.beginRead({ ...begin, key: 'new' });
      expect([old.stood, fresh.stood]).toEqual([true, false]);
      expect(await history.missing(old.id, 5)).toEqual({
        keys: ['a'],
        total: 1,
      });
      expect(await history.missing(fresh.id, 5)).toEqual({
        keys: [],
        total: 0,
      });
      // What others publish meanwhile was not there to be missed.
      await publishAll(history, {
        dataset,
        runId: '3',
        key: 'new',
        rows: [page('b', 's')],
      });
      expect(await history.missing(fresh.id, 5)).toMatchObject({ total: 0 });
      expect((await history.restartRead(fresh.id)).stood).toBe(true);
      // A container that was emptied had rows.
      const left = { source: 'acme', dataset, key: 'old' };
      await history.change({}, change => change.remove(left, 'a'));
      expect((await history.restartRead(old.id)).stood).toBe(true);
    },
  );

  it.each(ids)('end with a batch that shows how, %p', async id => {
    const history = await openHistory(await databases.init(id));
    const [whole, short, broken] = await Promise.all(
      ['whole', 'short', 'broken'].map(key =>
        history.beginRead({ ...begin, key }),
      ),
    );
    const finish = ({ rows }: { rows: number }) =>
      rows === 2 ? { outcome: 'complete' as const, expected: 2 } : undefined;
    await history.stage(whole.id, [page('a', 's')], { finish });
    const staged = await Promise.all([
      history.stage(whole.id, [page('b', 's')], {
        progress: { at: 2 },
        finish,
      }),
      history.stage(short.id, [page('c', 's')], { finish }),
      history.stage(broken.id, [page('d', 's'), page('e', 's')], {
        malformed: 1,
        finish,
      }),
    ]);
    expect(staged).toEqual([
      {
        rows: 2,
        malformed: 0,
        finished: expect.objectContaining({
          id: whole.id,
          outcome: 'complete',
          rows: 2,
          expected: 2,
          progress: { at: 2 },
        }),
      },
      { rows: 1, malformed: 0 },
      {
        rows: 2,
        malformed: 1,
        finished: expect.objectContaining({
          outcome: 'partial',
          reason: expect.stringContaining('malformed'),
        }),
      },
    ]);
    expect(await history.readsOf('2')).toEqual([
      staged[0].finished,
      expect.objectContaining({ id: short.id, finishedAt: undefined }),
      staged[2].finished,
    ]);
    await expect(history.stage(whole.id, [])).rejects.toThrow(
      'already finished',
    );
  });

  it.each(ids)('open each row once, where it was seen last, %p', async id => {
    const history = await openHistory(await databases.init(id));
    const read = async (key: string, rows: string[]) => {
      const { id: readId } = await history.beginRead({ ...begin, key });
      await history.stage(
        readId,
        rows.map(row => page(row, 's')),
        { finish: () => ({ outcome: 'complete' }) },
      );
    };
    await read('one', ['a', 'moved']);
    await read('two', ['moved', 'b']);
    const { id: accounts } = await history.beginRead({
      ...begin,
      dataset: 'accounts',
      key: 'site',
    });
    await history.stage(accounts, [account('x'), account('y')], {
      finish: () => ({ outcome: 'complete' }),
    });
    expect(await history.publish({ runId: '2' })).toMatchObject({
      opened: 5,
      changed: 0,
    });
    const found: string[] = [];
    for await (const rows of history.rows('pages', { asOf: 1 })) {
      found.push(...rows.map(({ container, key }) => `${container}/${key}`));
    }
    expect(found.sort()).toEqual(['one/a', 'two/b', 'two/moved']);
    const people: string[] = [];
    for await (const rows of history.rows('accounts', { asOf: 1 })) {
      people.push(...rows.map(({ container, key }) => `${container}/${key}`));
    }
    expect(people.sort()).toEqual(['site/x', 'site/y']);
  });
});
