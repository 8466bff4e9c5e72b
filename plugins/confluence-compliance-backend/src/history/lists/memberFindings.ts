// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { Revision } from '../words';
import { countedAt } from '../countsAt';
import { hasLiveExceptions, momentAt, onlyExcepted } from './excepted';
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
  const all = await countedAt(
    knex,
    { what: 'members with findings', connection, revision, none: 0 },
    groupIds,
    ids => countMembers(knex, connection, ids, revision),
  );
  const found = [...all].filter(([, members]) => members > 0);
  const at = { revision, moment: await momentAt(knex, revision) };
  const isExcepted =
    found.length > 0 && (await hasLiveExceptions(knex, [connection], at));
  const without = isExcepted
    ? await countMembers(
        knex,
        connection,
        found.map(([id]) => id),
        revision,
        findings => onlyExcepted(knex, findings, 'f', 'without', at),
      )
    : all;
  return new Map(
    found.map(([id, members]) => {
      const excepted = members - (without.get(id) ?? 0);
      return [id, { members, ...(excepted > 0 && { excepted }) }];
    }),
  );
}

async function countMembers(
  knex: Knex,
  connection: string,
  groupIds: string[],
  revision: Revision,
  restrict: (findings: Knex.QueryBuilder) => void = () => {},
): Promise<Map<string, number>> {
  const findings = standing(
    knex('history_results as f')
      .where('f.source', connection)
      .where('f.account_id', knex.ref('m.account_id'))
      .whereIn('f.verdict', openVerdicts),
    'f',
    revision,
  );
  restrict(findings);
  const rows: Array<{ id: string; total: number | string }> = await standing(
    knex('history_memberships as m')
      .where('m.source', connection)
      .whereIn('m.group_id', groupIds)
      .whereExists(findings.select(knex.raw('1')))
      .groupBy('m.group_id')
      .select({ id: 'm.group_id' })
      .count({ total: '*' }),
    'm',
    revision,
  );
  return new Map(rows.map(({ id, total }) => [id, Number(total)]));
}
