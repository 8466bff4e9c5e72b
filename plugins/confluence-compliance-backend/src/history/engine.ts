// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { DatasetDefinition, Facet } from './definitions';

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
  bindings: readonly Knex.RawBinding[] = [],
): Promise<T[]> {
  const result = await knex.raw(sql, [...bindings]);
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

/** SQL that takes a facet out of a JSON text column. */
function facetSql(knex: Knex, facet: Facet, column: string): string {
  if (isPostgres(knex)) {
    const value = `(${column}::jsonb ->> '${facet.field}')`;
    return facet.type === 'boolean'
      ? `${value}::boolean`
      : `left(${value}, ${MAX_FACET})`;
  }
  const value = `json_extract(${column}, '$.${facet.field}')`;
  return facet.type === 'boolean' ? value : `substr(${value}, 1, ${MAX_FACET})`;
}

/** Column names and the SQL of their values, in the same order. */
export function facetColumns(
  knex: Knex,
  definition: DatasetDefinition,
  jsonColumn: string,
): Array<[column: string, sql: string]> {
  return definition.facets.map(facet => [
    `"${facet.column}"`,
    facetSql(knex, facet, jsonColumn),
  ]);
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
