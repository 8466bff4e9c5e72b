// SPDX-License-Identifier: Apache-2.0
import type { Verdict } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { Revision } from '../words';
import { momentAt, onlyExcepted } from './excepted';
import { openVerdicts } from './findings';
import { standing } from './page';
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

const unjudged: VerdictCounts = {
  findings: 0,
  unknownVerdicts: 0,
  judged: false,
};

/** Counts the verdicts that stand about accounts or resources at a revision. */
export async function countVerdictsAbout(
  knex: Knex,
  column: 'account_id' | 'resource',
  refs: Ref[],
  revision: Revision,
  moment?: string,
): Promise<(ref: Ref) => VerdictCounts> {
  const counts = new Map<string, VerdictCounts>();
  const at = { revision, moment: moment ?? (await momentAt(knex, revision)) };
  await perConnection(refs, async (connection, ids) => {
    const select = knex('history_results as t')
      .where('t.source', connection)
      .whereIn(`t.${column}`, ids)
      .groupBy(`t.${column}`, 't.verdict')
      .select({ id: `t.${column}`, verdict: 't.verdict' })
      .count({ total: '*' });
    const rows: Array<{ id: string; verdict: Verdict; total: number }> =
      await standing(select, 't', revision);
    for (const { id, verdict, total } of rows) {
      const key = keyOf(connection, id);
      const known = counts.get(key) ?? unjudged;
      const isOpen = (openVerdicts as readonly Verdict[]).includes(verdict);
      counts.set(key, {
        findings: known.findings + (isOpen ? Number(total) : 0),
        unknownVerdicts:
          known.unknownVerdicts + (verdict === 'unknown' ? Number(total) : 0),
        judged: true,
      });
    }
    const excepted = knex('history_results as t')
      .where('t.source', connection)
      .whereIn(`t.${column}`, ids)
      .groupBy(`t.${column}`)
      .select({ id: `t.${column}` })
      .count({ total: '*' });
    onlyExcepted(knex, excepted, 't', 'only', at);
    const accepted: Array<{ id: string; total: number }> = await standing(
      excepted,
      't',
      revision,
    );
    for (const { id, total } of accepted) {
      const key = keyOf(connection, id);
      const known = counts.get(key) ?? unjudged;
      counts.set(key, { ...known, excepted: Number(total) });
    }
  });
  return ({ connection, id }) => counts.get(keyOf(connection, id)) ?? unjudged;
}
