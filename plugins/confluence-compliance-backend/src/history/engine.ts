// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { DatasetDefinition } from './definitions';

/** Rows per statement, small enough for the limits of SQLite. */
export const BATCH = 400;

const MAX_FACET = 250;

export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}

/** Rows of a raw query on either engine. */
export async function query<T>(
  knex: Knex,
  sql: string,
  bindings: readonly Knex.RawBinding[] | Knex.ValueDict = [],
): Promise<T[]> {
  const result = await knex.raw(
    sql,
    Array.isArray(bindings) ? [...bindings] : (bindings as Knex.ValueDict),
  );
  return (isPostgres(knex) ? result.rows : result) as T[];
}

/** SQL of the time of the database: the one clock all replicas share. */
export function nowSql(knex: Knex): string {
  return isPostgres(knex)
    ? `to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    : `strftime('%Y-%m-%dT%H:%M:%fZ', 'now')`;
}

/** The time of the database, where more than one statement needs the same. */
export async function databaseTime(knex: Knex): Promise<string> {
  const [row] = await query<{ now: string }>(
    knex,
    `select ${nowSql(knex)} as now`,
  );
  return row.now;
}

/** The facets of rows, as parts of a statement. */
export interface FacetSql {
  columns: string[];
  /** SQL of their values, in the same order. */
  values: string[];
  /** What stands in `from` behind the rows. */
  from: string;
}

/** SQL that takes the facets of a dataset out of a JSON text column. */
export function facetsOf(
  knex: Knex,
  { facets }: DatasetDefinition,
  json: string,
): FacetSql {
  const columns = facets.map(({ column }) => `"${column}"`);
  if (!isPostgres(knex)) {
    const values = facets.map(({ field, type }) => {
      const value = `json_extract(${json}, '$.${field}')`;
      return type === 'text' ? `substr(${value}, 1, ${MAX_FACET})` : value;
    });
    return { columns, values, from: '' };
  }
  const fields = facets.map(({ field, type }) => `"${field}" ${type}`);
  return {
    columns,
    values: facets.map(({ field, type }) =>
      type === 'text'
        ? `left(facet."${field}", ${MAX_FACET})`
        : `facet."${field}"`,
    ),
    // Each operator would parse the text anew.
    from: fields.length
      ? `cross join lateral json_to_record(${json}::json) as facet(${fields.join(
          ', ',
        )})`
      : '',
  };
}

/**
 * Runs a writing transaction. SQLite takes its write lock with the first
 * statement, so that two processes queue instead of failing half way.
 */
export async function inTransaction<T>(
  knex: Knex,
  work: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  return knex.transaction(async tx => {
    if (!isPostgres(tx)) {
      await tx('history_clock').where({ id: 1 }).update({ id: 1 });
    }
    return work(tx);
  });
}

/** Runs several reads on one snapshot of the database. */
export async function onSnapshot<T>(
  knex: Knex,
  work: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  return knex.transaction(
    work,
    isPostgres(knex)
      ? { isolationLevel: 'repeatable read', readOnly: true }
      : {},
  );
}

/** The items in groups of at most `size`. */
export function* chunks<T>(items: readonly T[], size = BATCH): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) {
    yield items.slice(start, start + size);
  }
}
