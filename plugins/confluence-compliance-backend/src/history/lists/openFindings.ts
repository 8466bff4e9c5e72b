// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { chunks } from '../engine';
import type { Revision } from '../words';
import { momentAt, onlyExcepted } from './excepted';
import { openVerdicts } from './findings';
import { standing } from './page';

/** How many findings of one check are open about an account. */
export interface OpenFindings {
  accountId: string;
  checkId: string;
  total: number;
}

/** What fails or warns about accounts at a revision and is not excepted, by account and check. */
export async function openFindings(
  knex: Knex,
  connection: string,
  accountIds: string[],
  revision: Revision,
): Promise<OpenFindings[]> {
  const at = { revision, moment: await momentAt(knex, revision) };
  const found: OpenFindings[] = [];
  for (const part of chunks([...new Set(accountIds)])) {
    const select = knex('history_results as t')
      .where('t.source', connection)
      .whereIn('t.account_id', part)
      .whereIn('t.verdict', openVerdicts)
      .groupBy('t.account_id', 't.check_id')
      .select({ accountId: 't.account_id', checkId: 't.check_id' })
      .count({ total: '*' });
    onlyExcepted(knex, select, 't', 'without', at);
    const rows: OpenFindings[] = await standing(select, 't', revision);
    found.push(...rows.map(row => ({ ...row, total: Number(row.total) })));
  }
  return found;
}
