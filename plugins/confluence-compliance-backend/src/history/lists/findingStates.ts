// SPDX-License-Identifier: Apache-2.0
import type { FindingState } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { Revision } from '../words';
import { standing } from './page';

const TABLE = 'history_results';

/** Verdicts that are open findings, least pressing first; what is unknown is none. */
export const openVerdicts = ['warning', 'fail'] as const;

/** Verdicts that need somebody, least pressing first: they wait among the findings of a check. */
export const findingVerdicts = ['unknown', 'warning', 'fail'] as const;

const FINDING = list(findingVerdicts);
const OPEN = list(openVerdicts);

/** Something failed or warned by the time `row` began. */
const failedBefore = (row: string) =>
  `exists (select 1 from ${TABLE} e where e.source = r.source and e.key = r.key
     and e.opened <= ${row}.opened and e.verdict in ${OPEN})`;

/** It failed or warned, then something else was seen, then it failed or warned again. */
const REGRESSED = `r.verdict in ${OPEN} and exists (
  select 1 from ${TABLE} i where i.source = r.source and i.key = r.key
    and i.opened < r.opened and i.closed <= r.opened and i.verdict in ${FINDING}
    and not exists (select 1 from ${TABLE} n where n.source = i.source
      and n.key = i.key and n.opened = i.closed and n.verdict in ${FINDING})
    and ${failedBefore('i')})`;

/**
 * Restricts the results `r` to the findings in a state at a revision; without a state to those that
 * stand then, open and regressed. A resolved one is found by the last result that was a finding.
 * `lifeOf` says the same of single findings.
 */
export function inState(
  rows: Knex.QueryBuilder,
  state: FindingState | undefined,
  revision: Revision,
): Knex.QueryBuilder {
  if (state !== 'resolved') {
    standing(rows, 'r', revision);
    if (state) {
      rows.whereRaw(state === 'open' ? `not (${REGRESSED})` : REGRESSED);
    }
    return rows;
  }
  return rows
    .where('r.closed', '<=', revision)
    .whereRaw(
      `not exists (select 1 from ${TABLE} n where n.source = r.source
         and n.key = r.key and n.opened > r.opened and n.opened <= ?
         and n.verdict in ${FINDING})`,
      [revision],
    )
    .whereRaw(failedBefore('r'));
}

/** Literals, which partial indexes and plans can be told by. */
function list(words: readonly string[]): string {
  return `(${words.map(word => `'${word}'`).join(', ')})`;
}
