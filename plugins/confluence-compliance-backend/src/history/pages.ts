// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { isPostgres } from './engine';

/** Whose rows are read, in which order, and behind which row; without `after` from the first one. */
export interface Page {
  source?: string;
  container?: string;
  by: 'row_id' | 'key';
  after?: number | string;
  limit: number;
}

/**
 * A page of the rows of a source, or of one of its containers.
 *
 * @param query - rows of a dataset's table, not limited to the place yet
 */
export function pageOf(
  knex: Knex,
  query: Knex.QueryBuilder,
  { source, container, by, after = by === 'key' ? '' : 0, limit }: Page,
): Knex.QueryBuilder {
  const place = Object.entries({ source, container }).flatMap(
    ([column, value]) => (value === undefined ? [] : [{ column, value }]),
  );
  const last = isPostgres(knex) ? place.pop() : undefined;
  place.forEach(({ column, value }) => query.where(column, value));
  if (!last) {
    return query.where(by, '>', after).orderBy(by).limit(limit);
  }
  // Of a name that is equal to something PostgreSQL supposes that its rows lie evenly in the table, and
  // looks for the first of them through all the others. Of a range it does not.
  return query
    .whereRaw('(??, ??) > (?, ?)', [last.column, by, last.value, after])
    .where(last.column, '<=', last.value)
    .orderBy([last.column, by])
    .limit(limit);
}
