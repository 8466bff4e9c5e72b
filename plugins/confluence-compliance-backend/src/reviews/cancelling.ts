// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { databaseTime, type History, inTransaction } from '../history';

/** Ends a review without a result. Throws a ConflictError for one that has ended. */
export async function cancelReview(
  { knex, history }: { knex: Knex; history: Pick<History, 'ledger'> },
  id: string,
  actor: string,
  reason: string,
): Promise<void> {
  await inTransaction(knex, async tx => {
    const changed = await tx('reviews')
      .where({ id })
      .whereNotIn('state', ['completed', 'cancelled'])
      .update({
        state: 'cancelled',
        end_reason: reason,
        ended_at: await databaseTime(tx),
      });
    if (changed === 0) {
      throw new ConflictError(`Review ${id} has ended already`);
    }
    await history.ledger.append(tx, {
      kind: 'review.cancelled',
      actor,
      subject: id,
      payload: {},
    });
  });
}
