// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { Mentions } from './mentions';

const TABLE = 'finding_comments';

/** Comments that are looked at together. */
const BATCH = 500;

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
  let after = 0;
  for (;;) {
    const rows: Array<{ ordinal: number | string; text: string }> = await tx(
      TABLE,
    )
      .where('ordinal', '>', after)
      .orderBy('ordinal')
      .limit(BATCH)
      .select('ordinal', 'text');
    if (rows.length === 0) {
      return;
    }
    const named = rows.filter(({ text }) => mentions(text));
    await tx(TABLE)
      .whereIn(
        'ordinal',
        named.map(({ ordinal }) => ordinal),
      )
      .delete();
    after = Number(rows[rows.length - 1].ordinal);
  }
}

/** Deletes comments that were made before an ISO time. */
export async function eraseCommentsBefore(
  knex: Knex,
  before: string,
): Promise<void> {
  await knex(TABLE).where('at', '<', before).delete();
}
