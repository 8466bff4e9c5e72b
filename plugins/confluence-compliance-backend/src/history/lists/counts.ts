// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { Revision } from '../words';
import { countedAt } from '../countsAt';
import { standing } from './page';
import { keyOf, perConnection, Ref } from './refs';

/** How many rows of a table stand at a revision for each of the given records. */
export async function countRows(
  knex: Knex,
  { table, column }: { table: string; column: string },
  refs: Ref[],
  revision: Revision,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const what = `${table} ${column}`;
  await perConnection(refs, async (connection, ids) => {
    const totals = await countedAt(
      knex,
      { what, connection, revision, none: 0 },
      ids,
      async uncounted => {
        const select = knex(`${table} as t`)
          .where('t.source', connection)
          .whereIn(`t.${column}`, uncounted)
          .groupBy(`t.${column}`)
          .select({ id: `t.${column}` })
          .count({ total: '*' });
        const rows: Array<{ id: string; total: number | string }> =
          await standing(select, 't', revision);
        return new Map(rows.map(({ id, total }) => [id, Number(total)]));
      },
    );
    totals.forEach((total, id) => counts.set(keyOf(connection, id), total));
  });
  return counts;
}
