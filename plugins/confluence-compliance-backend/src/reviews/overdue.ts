// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';
import { BY_OVERDUE_RULE } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { databaseTime, inTransaction } from '../history';
import {
  change,
  followDecisions,
  NOTHING_SAID,
  record,
  type Writing,
} from './deciding';
import { ruleDecides } from './overdueRule';
import type { ItemRow, ReviewRow } from './rows';

const BATCH = 200;

/**
 * Decides what is undecided of each review that is due, as its rule says. Each batch is saved by
 * itself: after a restart it goes on with what is left, and two replicas at once decide nothing twice.
 */
export async function applyOverdueRules(
  writing: Writing,
  signal?: AbortSignal,
): Promise<void> {
  const running: Array<Pick<ReviewRow, 'id'>> = await writing
    .knex<ReviewRow>('reviews')
    .where({ state: 'in-progress' })
    .whereNot({ overdue_rule: 'keep-open' })
    .orderBy('ordinal')
    .select('id');
  for (const { id } of running) {
    do {
      signal?.throwIfAborted();
    } while (await decideBatch(writing, id));
  }
}

/** Whether there may be more. */
async function decideBatch(
  { knex, history }: Writing,
  reviewId: string,
): Promise<boolean> {
  return inTransaction(knex, async tx => {
    const review = await tx<ReviewRow>('reviews')
      .where({ id: reviewId, state: 'in-progress' })
      .whereRaw('containers_done = containers_total')
      .forUpdate()
      .first();
    const at = await databaseTime(tx);
    if (!review || !ruleDecides(review, at)) {
      return false;
    }
    const rows = await undecided(tx, reviewId);
    const decision = review.overdue_rule as 'defer' | 'revoke';
    for (const row of rows) {
      await change(tx, row, {
        decision,
        decided_by: BY_OVERDUE_RULE,
        decided_for: null,
        decided_at: at,
        reason: null,
      });
    }
    const said = rows.map(row => ({ row, ...NOTHING_SAID }));
    await record(tx, said, { kind: decision, actor: BY_OVERDUE_RULE, at });
    await followDecisions(tx, reviewId);
    if (rows.length > 0) {
      await history.ledger.append(tx, {
        kind: 'review.decided-by-rule',
        actor: 'system',
        subject: reviewId,
        payload: {
          rule: 'overdue',
          decision,
          dueAt: review.due_at,
          items: rows.map(({ id, version }) => ({ id, version: version + 1 })),
        },
      });
    }
    return rows.length === BATCH;
  });
}

function undecided(tx: Knex.Transaction, reviewId: string): Promise<ItemRow[]> {
  return tx<ItemRow>('review_items')
    .where({ review_id: reviewId, decision: 'undecided' })
    .orderBy('ordinal')
    .limit(BATCH)
    .select();
}
