// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';

/** How many members groups have at the head; a group without any is absent. */
export async function memberCounts(
  knex: Knex,
  source: string,
  groupIds: Iterable<string>,
): Promise<Map<string, number>> {
  const rows = await knex('history_memberships')
    .where({ source })
    .whereIn('group_id', [...new Set(groupIds)])
    .whereNull('closed')
    .groupBy('group_id')
    .select('group_id', knex.raw('count(*) as members'));
  return new Map(rows.map(row => [row.group_id, Number(row.members)]));
}
