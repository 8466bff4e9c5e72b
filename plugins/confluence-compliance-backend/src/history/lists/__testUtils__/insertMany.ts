// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';

/** Columns that every row of a dataset has. */
export const ROW = 'source, container, key, opened, shape, hash, payload';

/** Fills tables as a large site would, without going through a sync: `i` counts from 1 in SQL. */
export function insertMany(knex: Knex, count: number) {
  const isPostgres = knex.client.config.client === 'pg';
  return (table: string, columns: string, values: string, where = '') =>
    knex.raw(
      `insert into ${table} (${columns}) ${
        isPostgres
          ? ''
          : `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`
      } select ${values} from ${
        isPostgres ? `generate_series(1, ${count}) as n(i)` : 'n'
      } ${where}`,
    );
}

/** The one revision that everything was seen at. */
export async function firstRevision(knex: Knex): Promise<void> {
  await knex('history_revisions').insert({
    revision: 1,
    committed_at: '2026-01-01T00:00:00.000Z',
    kind: 'publish',
    source: 'acme',
  });
  await knex('history_clock').update({ revision: 1 });
}
