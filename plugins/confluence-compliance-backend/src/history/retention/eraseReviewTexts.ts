// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { ERASED } from './erased';
import { type FreeText, eraseNamed } from './freeText';
import type { Mentions } from './mentions';

/** Without the salt nothing leads from the hashes of the ledger, and of the seal, to the reason. */
const nothing = { reason: ERASED, reason_salt: null };

const REASONS: FreeText[] = [
  'review_items',
  'review_events',
  'review_delegations',
  'review_changes',
].map(table => ({ table, texts: ['reason'], erased: nothing }));
const noEnd = { end_reason: ERASED };
const ENDS: FreeText = {
  table: 'reviews',
  texts: ['end_reason'],
  erased: noEnd,
};

/**
 * Erases why something was decided on items of an account, and each reason in reviews that names
 * somebody. What was decided stays, and so does the hash that is sealed.
 */
export async function eraseReviewTexts(
  tx: Knex.Transaction,
  accountId: string,
  mentions: Mentions,
): Promise<void> {
  const items = () =>
    tx('review_items').where({
      principal_kind: 'account',
      principal_id: accountId,
    });
  await items().whereNotNull('reason').update(nothing);
  await tx('review_events')
    .whereExists(
      items()
        .whereRaw(
          `review_items.review_id = review_events.review_id
           and review_items.id = review_events.item_id`,
        )
        .select(tx.raw('1')),
    )
    .whereNotNull('reason')
    .update(nothing);
  for (const where of [...REASONS, ENDS]) {
    await eraseNamed(tx, where, mentions);
  }
}

/** Erases reasons of what was decided, was over or ended before an ISO time. */
export async function eraseReviewTextsBefore(
  knex: Knex,
  before: string,
): Promise<void> {
  const at = {
    review_items: 'decided_at',
    review_events: 'at',
    review_delegations: 'ends_at',
    review_changes: 'at',
  };
  for (const [table, column] of Object.entries(at)) {
    await knex(table)
      .where(column, '<', before)
      .whereNot('reason', ERASED)
      .update(nothing);
  }
  await knex('reviews')
    .where('ended_at', '<', before)
    .whereNot('end_reason', ERASED)
    .update(noEnd);
}
