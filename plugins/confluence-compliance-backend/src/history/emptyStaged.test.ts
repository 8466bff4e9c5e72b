// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  account,
  many,
  openHistory,
  publishAll,
  readAll,
} from './__testUtils__/setup';

jest.setTimeout(120_000);

describe('the table of what is staged', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'is emptied after many rows were published, unless somebody else is at work, %p',
    async id => {
      const knex = await databases.init(id);
      const history = await openHistory(knex);
      const bytes = async () => {
        const { rows } = await knex.raw(
          "select pg_relation_size('history_staged')::int as bytes",
        );
        return rows[0].bytes;
      };
      const rows = many(10_000, n => account(`account-${n}`));
      await publishAll(history, { runId: '1', dataset: 'accounts', rows });
      expect(await bytes()).toBe(0);

      // What another run has staged stays.
      const other = [account('of-another')];
      const read = { runId: '3', dataset: 'accounts', source: 'second' };
      await readAll(history, { ...read, rows: other });
      await publishAll(history, { runId: '2', dataset: 'accounts', rows });
      expect(await bytes()).toBeGreaterThan(0);
      expect(await history.publish({ runId: '3' })).toMatchObject({
        opened: 1,
      });

      // Whoever holds the table is not waited for long, and a publish does not fail for it.
      const busy = await knex.transaction();
      await busy.raw('lock table history_staged in row exclusive mode');
      const again = { runId: '4', dataset: 'accounts', rows };
      expect(await publishAll(history, again)).toMatchObject({ removed: 0 });
      expect(await bytes()).toBeGreaterThan(0);
      await busy.rollback();
    },
  );
});
