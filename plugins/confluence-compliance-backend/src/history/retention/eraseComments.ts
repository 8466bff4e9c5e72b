// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { eraseNamed } from './freeText';
import { Mentions } from './mentions';

const TABLE = 'finding_comments';

/**
 * Deletes what people wrote about findings of an account, and wherever they named somebody. That a
 * comment was made stays in the ledger.
 */
export async function eraseComments(
  tx: Knex.Transaction,
  accountId: string,
  mentions: Mentions,
): Promise<void> {
  await tx(TABLE)
    .whereExists(
      tx('history_results as r')
        .whereRaw(`r.source = ${TABLE}.source and r.key = ${TABLE}.key`)
        .where('r.account_id', accountId)
        .select(tx.raw('1')),
    )
    .delete();
  await eraseNamed(tx, { table: TABLE, texts: ['text'] }, mentions);
}

/** Deletes comments that were made before an ISO time. */
export async function eraseCommentsBefore(
  knex: Knex,
  before: string,
): Promise<void> {
  await knex(TABLE).where('at', '<', before).delete();
}
