// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { member, openHistory, readAll } from './__testUtils__/setup';

jest.setTimeout(60_000);

/** Two groups lose a member each; how the questions for what is missing are answered. */
async function plansOfTwoLeavers(knex: Knex) {
  const history = await openHistory(knex);
  const read = async (runId: string, ...accounts: string[]) => {
    const ids: string[] = [];
    for (const key of ['g1', 'g2']) {
      const rows = accounts.map(account => member(key, account));
      const { id } = await readAll(history, {
        runId,
        dataset: 'memberships',
        key,
        rows,
      });
      ids.push(id);
    }
    return ids;
  };
  await read('1', 'a', 'b');
  await history.publish({ runId: '1' });
  const sent: Array<{ sql: string; bindings: Knex.RawBinding[] }> = [];
  knex.on('query', query => sent.push(query));
  const [id] = await read('2', 'a');
  expect(await history.missing(id, 5)).toEqual({ keys: ['g1/b'], total: 1 });
  expect(await history.publish({ runId: '2' })).toMatchObject({ removed: 2 });
  knex.removeAllListeners('query');

  const isPostgres = knex.client.config.client === 'pg';
  const planOf = async (part: string) => {
    const found = sent.find(({ sql }) => sql.includes(part));
    const sql = `${found?.sql}`.replace(/\$\d+/g, '?');
    const explain = isPostgres ? 'explain' : 'explain query plan';
    const answer = await knex.raw(`${explain} ${sql}`, found?.bindings ?? []);
    const rows: object[] = isPostgres ? answer.rows : answer;
    return rows.map(row => Object.values(row).pop()).join('\n');
  };
  return {
    missing: await planOf('with left_over'),
    closing: await planOf(`'close', o.row_id`),
  };
}

describe('What a read did not see', () => {
  const sqlite = TestDatabases.create({ ids: ['SQLITE_3'] });
  const postgres = TestDatabases.create({ ids: ['POSTGRES_18'] });

  it.each(sqlite.eachSupportedId())(
    'is looked for along its own read first, on %p',
    async id => {
      const { missing, closing } = await plansOfTwoLeavers(
        await sqlite.init(id),
      );
      const own = /SEARCH mine USING [^\n]*\(read_id=\? AND key=\?\)/;
      expect(missing).toMatch(own);
      expect(closing).toMatch(own);
      // The reads come first, so that what stands is gone through once and not for each of them.
      expect(closing).toMatch(
        /SEARCH r USING [^]*SEARCH o USING [^\n]*history_memberships_container_idx/,
      );
    },
  );

  it.each(postgres.eachSupportedId())(
    'is told apart before other reads are asked, on %p',
    async id => {
      const { missing } = await plansOfTwoLeavers(await postgres.init(id));
      expect(missing).toContain('CTE left_over');
    },
  );
});
