// SPDX-License-Identifier: Apache-2.0
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  ChangeReviewOwner,
  ReviewChange,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { databaseTime, type History, inTransaction } from '../history';
import { newSalt, saltedHash } from '../ledger';
import type { ReviewRow } from './rows';

export const CHANGES = 'review_changes';

/** A row of `review_changes`. */
export interface ChangeRow {
  ordinal: number | string;
  review_id: string;
  kind: ReviewChange['kind'];
  actor: string;
  at: string;
  from_person: string;
  to_person: string;
  rows: number | null;
  undone: number | null;
  reason: string;
  reason_salt: string | null;
}

const OPEN: Array<ReviewRow['state']> = ['draft', 'in-progress', 'remediation'];

/**
 * Gives a review to another owner, such as when the first has left. Throws a NotFoundError, a ConflictError
 * for one that has ended, an InputError for who owns it already.
 */
export async function changeOwner(
  { knex, history }: { knex: Knex; history: Pick<History, 'ledger'> },
  id: string,
  actor: string,
  asked: ChangeReviewOwner,
): Promise<void> {
  const to = asked.owner.toLowerCase();
  const reason = asked.reason.trim();
  await inTransaction(knex, async tx => {
    const review = await tx<ReviewRow>('reviews')
      .where({ id })
      .forUpdate()
      .first();
    if (!review) {
      throw new NotFoundError(`There is no review ${id}`);
    }
    if (!OPEN.includes(review.state)) {
      throw new ConflictError(
        `Review ${id} is ${review.state}: its owner stays who it is`,
      );
    }
    const { owner: from } = review;
    if (from === to) {
      throw new InputError(`owner is ${to} already: name somebody else`);
    }
    await tx('reviews').where({ id }).update({ owner: to });
    const at = await databaseTime(tx);
    const change = { kind: 'owner', actor, at, from, to, reason } as const;
    const reasonHash = await recordChange(tx, id, change);
    await history.ledger.append(tx, {
      kind: 'review.owner-changed',
      actor,
      subject: id,
      payload: { from, to, reasonHash },
    });
  });
}

/** Keeps what was done with a review; gives the salted hash of why. */
export async function recordChange(
  tx: Knex.Transaction,
  reviewId: string,
  change: Pick<
    ReviewChange,
    'kind' | 'at' | 'from' | 'to' | 'items' | 'undone'
  > & {
    actor: string;
    reason: string;
  },
): Promise<string> {
  const { kind, actor, at, from, to, items, undone, reason } = change;
  const salt = newSalt();
  await tx(CHANGES).insert({
    review_id: reviewId,
    kind,
    actor,
    at,
    from_person: from,
    to_person: to,
    rows: items ?? null,
    undone: undone ?? null,
    reason,
    reason_salt: salt,
  });
  return saltedHash(salt, reason);
}

/** A change as the contract has it. */
export function describeChange(row: ChangeRow): ReviewChange {
  return {
    kind: row.kind,
    by: row.actor,
    at: row.at,
    from: row.from_person,
    to: row.to_person,
    items: row.rows ?? undefined,
    undone: row.undone ?? undefined,
    reason: row.reason,
  };
}
