// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { DatasetName } from './datasets';

/**
 * SQL of rows `s` that reads `r` of a dataset that go on have seen, with a key: what is staged is found
 * read by read.
 *
 * @param key - column or expression, which may be of a query around this one
 */
export function seenByReads(
  knex: Knex,
  datasets: readonly DatasetName[],
  key: string,
): Knex.QueryBuilder {
  return knex('history_reads as r')
    .join('history_staged as s', 's.read_id', 'r.id')
    .whereNull('r.published_at')
    .whereIn('r.dataset', [...datasets])
    .whereRaw(`s.key = ${key}`)
    .select(knex.raw('1'));
}
