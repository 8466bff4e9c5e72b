// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { Revision } from '../words';
import { openVerdicts } from './findings';
import { standing } from './page';

/** How many members of each group have open findings; it begins with the findings, which are few. */
export async function membersWithFindings(
  knex: Knex,
  connection: string,
  groupIds: string[],
  revision: Revision,
): Promise<Map<string, number>> {
  const found = standing(
    knex('history_results as f')
      .where('f.source', connection)
      .whereIn('f.verdict', openVerdicts)
      .whereNotNull('f.account_id')
      .distinct({ id: 'f.account_id' }),
    'f',
    revision,
  );
  const rows: Array<{ id: string; total: number }> = await standing(
    knex
      .from(found.as('r'))
      .join('history_memberships as m', 'm.account_id', 'r.id')
      .where('m.source', connection)
      .whereIn('m.group_id', groupIds)
      .groupBy('m.group_id')
      .select({ id: 'm.group_id' })
      .count({ total: '*' }),
    'm',
    revision,
  );
  return new Map(rows.map(({ id, total }) => [id, Number(total)]));
}
