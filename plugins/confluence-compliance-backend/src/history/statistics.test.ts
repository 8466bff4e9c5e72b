// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { account, many, openHistory, publishAll } from './__testUtils__/setup';

jest.setTimeout(120_000);

describe('what PostgreSQL knows in a publish', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'is how much was staged and how much stands, %p',
    async id => {
      const knex = await databases.init(id);
      const history = await openHistory(knex);
      const known = async (table: string) => {
        const { rows } = await knex.raw(
          'select reltuples::int as rows from pg_class where relname = ?',
          [table],
        );
        return rows[0].rows;
      };
      const rows = many(1_500, n => account(`account-${n}`));
      const read = { dataset: 'accounts', rows };
      // -1: nobody has looked.
      expect(await known('history_staged')).toBe(-1);
      await publishAll(history, { runId: '1', ...read });
      expect(await known('history_staged')).toBe(1_500);
      // What was written counts at once: the same publish still asks about it.
      expect(await known('history_accounts')).toBe(1_500);
      expect(await known('history_delta')).toBe(1_500);

      // A few rows are not worth the look.
      const few = { dataset: 'groups', rows: [] };
      await publishAll(history, { runId: '3', ...few });
      expect(await known('history_groups')).toBe(-1);
    },
  );
});
