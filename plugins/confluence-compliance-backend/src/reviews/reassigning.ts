// SPDX-License-Identifier: Apache-2.0
import { ConflictError, NotAllowedError } from '@backstage/errors';
import { Knex } from 'knex';
import { databaseTime, inTransaction } from '../history';
import {
  change,
  type Decide,
  entryOf,
  followDecisions,
  itemsAt,
  lockOpen,
  record,
  saltedOf,
  UNDECIDED,
  type Writing,
} from './deciding';
import { ruleDecides } from './overdueRule';
import { removalsOf } from './removals/rows';
import { proofOf, type ProofOptions } from './proof';
import type { ItemRow, ReviewRow } from './rows';
import { refusedSelf } from './selfReview';

export type Reassigning = Writing & ProofOptions;

export interface Reassign extends Pick<Decide, 'items'> {
  to: string;
  reason: string;
  /** Takes what is decided, too, and undoes its decision. */
  undoDecided?: boolean;
}

export const isDecided = ({ decision }: Pick<ItemRow, 'decision'>) =>
  decision !== 'undecided';

/**
 * Hands items to another reviewer, all or none; never to whom they are about. What is decided is decided
 * again by the new one, where that was asked for.
 */
export async function reassignItems(
  options: Reassigning,
  reviewId: string,
  actor: string,
  { items, to, reason, undoDecided }: Reassign,
): Promise<void> {
  const { knex, history } = options;
  const rows = await itemsAt(knex, reviewId, items);
  for (const row of rows) {
    const own = await refusedSelf(history, row, to);
    if (own) {
      throw new NotAllowedError(`Item ${row.id}: ${own.reason.text}`);
    }
    if (isDecided(row) && !undoDecided) {
      throw new ConflictError(
        `Item ${row.id} is decided: undoDecided must be true, so that ${to} decides again, or its reviewer has to undo that first`,
      );
    }
  }
  const [proven] = await provenOf(options, rows);
  if (proven !== undefined) {
    throw waits(proven);
  }
  await inTransaction(knex, async tx => {
    const review = await lockOpen(tx, reviewId);
    await handTo(tx, { history }, { review, actor, rows, to, reason });
  });
}

/** Hands items over and undoes what is decided of them, in a review that is locked. */
export async function handTo(
  tx: Knex.Transaction,
  { history }: Pick<Writing, 'history'>,
  asked: {
    review: ReviewRow;
    actor: string;
    rows: ItemRow[];
    to: string;
    reason: string;
    /** What the ledger has of it besides. */
    payload?: { from: string; reasonHash: string };
  },
): Promise<void> {
  const { review, actor, rows, to, reason, payload } = asked;
  const at = await databaseTime(tx);
  const [stays] = await waitingForRemoval(tx, review, rows);
  if (stays !== undefined) {
    throw waits(stays);
  }
  if (rows.some(isDecided) && ruleDecides(review, at)) {
    throw new ConflictError(
      `Review ${review.id} was due at ${review.due_at}, and its rule would decide again: leave out what is decided`,
    );
  }
  const said = rows.map(row => ({ row, ...saltedOf(reason) }));
  for (const row of rows) {
    const undo = isDecided(row) && UNDECIDED;
    await change(tx, row, { ...undo, reviewer: to, because: 'reassigned' });
  }
  const event = { actor, at, reason, to };
  const undone = said.filter(({ row }) => isDecided(row));
  await record(tx, undone, { kind: 'undo', ...event });
  const handed = said.map(({ row, ...why }) => ({
    row: { ...row, decision: UNDECIDED.decision },
    ...why,
  }));
  await record(tx, handed, { kind: 'reassign', ...event });
  await followDecisions(tx, review.id);
  await history.ledger.append(tx, {
    kind: 'review.reassigned',
    actor,
    subject: review.id,
    payload: {
      ...payload,
      to,
      items: said.map(one => ({
        ...entryOf(one),
        ...(isDecided(one.row) && { undid: one.row.decision }),
      })),
    },
  });
}

/**
 * Ids of revoked items whose removal is under way: all were decided since, or somebody was named to remove
 * it, or it was sent. What the history proves is in `provenOf`.
 */
export async function waitingForRemoval(
  knex: Knex,
  review: Pick<ReviewRow, 'state' | 'all_decided_at'>,
  rows: ItemRow[],
): Promise<Set<string>> {
  const { state, all_decided_at: since } = review;
  const revoked = rows.filter(({ decision }) => decision === 'revoke');
  if (revoked.length === 0) {
    return new Set();
  }
  const waiting = revoked.filter(
    ({ decided_at: at }) =>
      state === 'remediation' || (since !== null && at !== null && at <= since),
  );
  const ids = revoked.map(({ id }) => id);
  // Naming somebody leaves the version as it is.
  const named = await knex<ItemRow>('review_items')
    .whereIn('id', ids)
    .whereNotNull('removed_by')
    .select('id');
  const removals = [...(await removalsOf(knex, revoked)).values()];
  const sent = removals.filter(({ outcome }) => outcome !== 'refused');
  return new Set([
    ...waiting.map(({ id }) => id),
    ...named.map(({ id }) => id),
    ...sent.map(removal => removal.item_id),
  ]);
}

/** Ids of revoked items of which the history says something since; not to be asked in a transaction. */
export async function provenOf(
  options: ProofOptions,
  rows: ItemRow[],
): Promise<Set<string>> {
  const proven = new Set<string>();
  for (const row of rows) {
    if (row.decision === 'revoke') {
      const { state } = await proofOf(options, row);
      // What still stands was not removed by anybody yet, so it may be decided anew.
      if (state !== 'waiting' && state !== 'still-present') {
        proven.add(row.id);
      }
    }
  }
  return proven;
}

function waits(id: string): ConflictError {
  return new ConflictError(
    `Item ${id} is revoked and waits for its removal: leave it out`,
  );
}
