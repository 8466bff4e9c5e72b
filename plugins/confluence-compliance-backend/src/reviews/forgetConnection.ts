// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';
import { databaseTime, type History, inTransaction } from '../history';
import { type ReviewRow, scopeOf } from './rows';

/**
 * Ends the reviews of a connection whose history is deleted, and marks those that have ended: they are
 * no reviews of another site that takes its id later. Can be called again after it was stopped.
 */
export async function forgetReviewsOf(
  { knex, history }: { knex: Knex; history: Pick<History, 'ledger'> },
  connection: string,
): Promise<void> {
  const rows = await knex<ReviewRow>('reviews')
    .where({ connection_gone: false })
    .select('id', 'scope');
  for (const row of rows) {
    if (scopeOf(row).connection === connection) {
      await inTransaction(knex, async tx => {
        const cancelled = await tx('reviews')
          .where({ id: row.id })
          .whereNotIn('state', ['completed', 'cancelled'])
          .update({ state: 'cancelled', ended_at: await databaseTime(tx) });
        await tx('reviews')
          .where({ id: row.id })
          .update({ connection_gone: true });
        if (cancelled > 0) {
          await history.ledger.append(tx, {
            kind: 'review.cancelled',
            actor: 'system',
            subject: row.id,
            payload: {},
          });
        }
      });
    }
  }
}
