// SPDX-License-Identifier: Apache-2.0
import type { Verdict } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { Revision } from '../words';
import { countedAt } from '../countsAt';
import { hasLiveExceptions, momentAt, onlyExcepted } from './excepted';
import { openVerdicts } from './findings';
import { type ReadAt, standing } from './page';
import { keyOf, perConnection, Ref } from './refs';

/** How many verdicts stand about one thing. */
export interface VerdictCounts {
  /** What fails or warns. */
  findings: number;
  /** How many of these are excepted; absent where none is. */
  excepted?: number;
  unknownVerdicts: number;
  /** Whether any verdict stands at all. */
  judged: boolean;
}

/** What a verdict can be about. */
type VerdictColumn = 'account_id' | 'resource';

const unjudged: VerdictCounts = {
  findings: 0,
  unknownVerdicts: 0,
  judged: false,
};

/** Counts the verdicts that stand about accounts or resources at a revision. */
export async function countVerdictsAbout(
  knex: Knex,
  column: VerdictColumn,
  refs: Ref[],
  revision: Revision,
  moment?: string,
): Promise<(ref: Ref) => VerdictCounts> {
  const counts = new Map<string, VerdictCounts>();
  const at = { revision, moment: moment ?? (await momentAt(knex, revision)) };
  await perConnection(refs, async (connection, ids) => {
    const verdicts = await countedAt(
      knex,
      { what: `verdicts ${column}`, connection, revision, none: unjudged },
      ids,
      uncounted => countVerdicts(knex, column, connection, uncounted, revision),
    );
    const found = [...verdicts].filter(([, { findings }]) => findings > 0);
    const excepted = await countExcepted(
      knex,
      column,
      connection,
      found.map(([id]) => id),
      at,
    );
    for (const [id, count] of verdicts) {
      const total = excepted.get(id);
      counts.set(
        keyOf(connection, id),
        total ? { ...count, excepted: total } : count,
      );
    }
  });
  return ({ connection, id }) => counts.get(keyOf(connection, id)) ?? unjudged;
}

async function countVerdicts(
  knex: Knex,
  column: VerdictColumn,
  connection: string,
  ids: string[],
  revision: Revision,
): Promise<Map<string, VerdictCounts>> {
  const counts = new Map<string, VerdictCounts>();
  const select = knex('history_results as t')
    .where('t.source', connection)
    .whereIn(`t.${column}`, ids)
    .groupBy(`t.${column}`, 't.verdict')
    .select({ id: `t.${column}`, verdict: 't.verdict' })
    .count({ total: '*' });
  const rows: Array<{ id: string; verdict: Verdict; total: number | string }> =
    await standing(select, 't', revision);
  for (const { id, verdict, total } of rows) {
    const known = counts.get(id) ?? unjudged;
    const isOpen = (openVerdicts as readonly Verdict[]).includes(verdict);
    counts.set(id, {
      findings: known.findings + (isOpen ? Number(total) : 0),
      unknownVerdicts:
        known.unknownVerdicts + (verdict === 'unknown' ? Number(total) : 0),
      judged: true,
    });
  }
  return counts;
}

async function countExcepted(
  knex: Knex,
  column: VerdictColumn,
  connection: string,
  ids: string[],
  at: ReadAt,
): Promise<Map<string, number>> {
  if (ids.length === 0 || !(await hasLiveExceptions(knex, [connection], at))) {
    return new Map();
  }
  const select = knex('history_results as t')
    .where('t.source', connection)
    .whereIn(`t.${column}`, ids)
    .groupBy(`t.${column}`)
    .select({ id: `t.${column}` })
    .count({ total: '*' });
  onlyExcepted(knex, select, 't', 'only', at);
  const rows: Array<{ id: string; total: number | string }> = await standing(
    select,
    't',
    at.revision,
  );
  return new Map(rows.map(({ id, total }) => [id, Number(total)]));
}
