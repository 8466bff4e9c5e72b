// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { Revision } from '../words';
import { momentAt, onlyExcepted } from './excepted';
import { openVerdicts } from './findings';
import { standing } from './page';

/** How many members of a group have findings. */
export interface MemberFindings {
  /** Members about whom something fails or warns. */
  members: number;
  /** How many of these have excepted findings only; absent where none has. */
  excepted?: number;
}

/**
 * How many members of each group have open findings, with those whose findings are excepted and
 * without.
 */
export async function membersWithFindings(
  knex: Knex,
  connection: string,
  groupIds: string[],
  revision: Revision,
): Promise<Map<string, MemberFindings>> {
  const at = { revision, moment: await momentAt(knex, revision) };
  const count = async (excepted: 'all' | 'without') => {
    const found = standing(
      knex('history_results as f')
        .where('f.source', connection)
        .where('f.account_id', knex.ref('m.account_id'))
        .whereIn('f.verdict', openVerdicts),
      'f',
      revision,
    );
    if (excepted === 'without') {
      onlyExcepted(knex, found, 'f', 'without', at);
    }
    const rows: Array<{ id: string; total: number }> = await standing(
      knex('history_memberships as m')
        .where('m.source', connection)
        .whereIn('m.group_id', groupIds)
        .whereExists(found.select(knex.raw('1')))
        .groupBy('m.group_id')
        .select({ id: 'm.group_id' })
        .count({ total: '*' }),
      'm',
      revision,
    );
    return new Map(rows.map(({ id, total }) => [id, Number(total)]));
  };
  const all = await count('all');
  const without = all.size > 0 ? await count('without') : all;
  return new Map(
    [...all].map(([id, members]) => {
      const excepted = members - (without.get(id) ?? 0);
      return [id, { members, ...(excepted > 0 && { excepted }) }];
    }),
  );
}
