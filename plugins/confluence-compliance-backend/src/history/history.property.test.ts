// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { History } from '.';
import { isPostgres } from './engine';
import { Driver } from './__testUtils__/driver';
import { commands } from './__testUtils__/world';

jest.setTimeout(600_000);

/** `HISTORY_RUNS` asks for more than the usual number of courses. */
function numberOfRuns(postgres: boolean): number {
  return Number(process.env.HISTORY_RUNS ?? (postgres ? 10 : 25));
}

describe('any course of events', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'leaves the history as the rules say, %p',
    async id => {
      const knex = await databases.init(id);
      await History.create({ database: mockServices.database({ knex }) });
      const rules = fc.asyncProperty(commands, async course => {
        await new Driver(knex).play(course);
      });
      const numRuns = numberOfRuns(isPostgres(knex));
      await expect(fc.assert(rules, { numRuns })).resolves.toBeUndefined();
    },
  );
});
