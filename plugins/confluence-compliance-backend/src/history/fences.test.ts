// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { openHistory, page } from './__testUtils__/setup';

jest.setTimeout(120_000);

describe('fences', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const begin = {
    runId: '1',
    source: 'acme',
    dataset: 'pages' as const,
    mode: 'full' as const,
    scope: 'all',
  };
  const fence = async () => {
    throw new Error('Another slice has taken over');
  };

  it.each(databases.eachSupportedId())(
    'keep who was taken over from writing, and hold up nobody else, %p',
    async id => {
      const history = await openHistory(await databases.init(id));
      const own = await history.beginRead({ ...begin, key: 'own' });
      const other = await history.beginRead({ ...begin, key: 'other' });
      const empty = await history.beginRead({ ...begin, key: 'empty' });
      await history.stage(own.id, [page('a', 's')]);
      const before = await history.readsOf('1');
      const late = [
        history.beginRead({ ...begin, key: 'late' }, fence),
        history.stage(own.id, [page('b', 's')], { fence }),
        history.restartRead(own.id, fence),
        history.finishRead(own.id, { outcome: 'complete' }, fence),
      ];
      // They share transactions with somebody who may write.
      const [staged, ended] = await Promise.all([
        history.stage(other.id, [page('c', 's')]),
        history.finishRead(empty.id, { outcome: 'complete' }),
        ...late.map(one => expect(one).rejects.toThrow('taken over')),
      ]);
      expect(staged).toMatchObject({ rows: 1 });
      expect(ended.outcome).toBe('complete');
      const [first, ...others] = await history.readsOf('1');
      expect(first).toEqual(before[0]);
      expect(others.map(({ key }) => key)).toEqual(['other', 'empty']);
    },
  );
});
