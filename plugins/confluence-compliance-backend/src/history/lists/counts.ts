// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { Revision } from '../words';
import { standing } from './page';
import { keyOf, perConnection, Ref } from './refs';

/** How many rows of a table stand at a revision for each of the given records. */
export async function countRows(
  knex: Knex,
  of: {
    table: string;
    column: string;
    only?: (query: Knex.QueryBuilder) => void;
  },
  refs: Ref[],
  revision: Revision,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  await perConnection(refs, async (connection, ids) => {
    const select = knex(`${of.table} as t`)
      .where('t.source', connection)
      .whereIn(`t.${of.column}`, ids)
      .groupBy(`t.${of.column}`)
      .select({ id: `t.${of.column}` })
      .count({ total: '*' });
    of.only?.(select);
    for (const { id, total } of await standing(select, 't', revision)) {
      counts.set(keyOf(connection, id), Number(total));
    }
  });
  return counts;
}
