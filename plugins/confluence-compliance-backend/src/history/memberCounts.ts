// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { countedAt } from './countsAt';
import type { Revision } from './words';

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

/** The same in a transaction that sees a revision as the head, and no other; counted once for each. */
export async function memberCountsAt(
  tx: Knex,
  source: string,
  groupIds: Iterable<string>,
  revision: Revision,
): Promise<Map<string, number>> {
  return countedAt(
    tx,
    { what: 'members', connection: source, revision, none: 0 },
    [...new Set(groupIds)],
    uncounted => memberCounts(tx, source, uncounted),
  );
}
