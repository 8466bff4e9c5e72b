// SPDX-License-Identifier: Apache-2.0
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type { DecisionKind } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { databaseTime, type History, inTransaction } from '../history';
import { newSalt, saltedHash } from '../ledger';
import type { Delegations } from './delegations';
import { refuseRiskyBulk } from './bulkKeep';
import { ruleDecides, ruleOf } from './overdueRule';
import { keepNeedsReason } from './recommend';
import { refuseBeingRemoved } from './removals/underWay';
import { factsOf, type ItemRow, type ReviewRow } from './rows';
import { type RefusedItem, refusedSelf } from './selfReview';

/** What stands of a decision that was undone. */
export const UNDECIDED = {
  decision: 'undecided',
  decided_by: null,
  decided_for: null,
  decided_at: null,
  reason: null,
  reason_salt: null,
  reason_hash: null,
} as const;

export interface Writing {
  knex: Knex;
  history: Pick<History, 'ledger' | 'intervalsOf'>;
}

/** Items as their reader last saw them, and what becomes of them. */
export interface Decide {
  items: Array<{ id: string; version: number }>;
  decision: DecisionKind | 'undo';
  reason?: string;
  /** To keep several at once of which some are not low-risk. */
  includeRisky?: boolean;
}

/**
 * Decides items, all or none; only what is about oneself is left out, and named, where others are not.
 *
 * @throws NotFoundError, NotAllowedError for items of somebody else or about oneself, InputError
 * without a reason that is needed, ConflictError when somebody else was faster, or it is being removed
 */
export async function decideItems(
  {
    knex,
    history,
    delegations,
  }: Writing & { delegations: Pick<Delegations, 'placesOf'> },
  reviewId: string,
  actor: string,
  asked: Decide,
): Promise<RefusedItem[]> {
  const { items, decision, reason, includeRisky } = asked;
  if (!reason && (decision === 'revoke' || decision === 'defer')) {
    throw new InputError(`reason must say why, to ${decision}`);
  }
  const all = await itemsAt(knex, reviewId, items);
  const { rows, refused } = await withoutSelf(history, all, actor);
  const places = await delegations.placesOf(actor);
  for (const row of rows) {
    if (!places.includes(row.reviewer)) {
      throw new NotAllowedError(
        `Item ${row.id} is not yours to decide: ask its reviewer, or have it reassigned`,
      );
    }
    if (decision === 'keep' && !reason && keepNeedsReason(factsOf(row))) {
      throw new InputError(
        `reason must say why item ${row.id} is kept: it is marked keepNeedsReason`,
      );
    }
  }
  refuseRiskyBulk(rows, asked);
  await inTransaction(knex, async tx => {
    const review = await lockOpen(tx, reviewId);
    await refuseBeingRemoved(tx, rows);
    const at = await databaseTime(tx);
    const undo = decision === 'undo';
    if (undo && ruleDecides(review, at)) {
      throw new ConflictError(
        `Review ${reviewId} was due at ${review.due_at}, and its rule would decide again: keep, revoke or defer instead`,
      );
    }
    const said = rows.map(row => ({ row, ...saltedOf(reason) }));
    for (const { row, salt, hash } of said) {
      const decided = {
        decision: decision as DecisionKind,
        decided_by: actor,
        decided_for: row.reviewer === actor ? null : row.reviewer,
        decided_at: at,
        reason: reason ?? null,
        reason_salt: salt,
        reason_hash: hash,
      };
      await change(tx, row, undo ? UNDECIDED : decided);
    }
    await record(tx, said, { kind: decision, actor, at, reason });
    await followDecisions(tx, reviewId);
    await history.ledger.append(tx, {
      kind: 'review.decided',
      actor,
      subject: reviewId,
      payload: {
        decision,
        ...(includeRisky && { includeRisky }),
        items: said.map(entryOf),
      },
    });
  });
  return refused;
}

/** Items that somebody may decide, and those about them. Throws a NotAllowedError where all are. */
async function withoutSelf(
  history: Writing['history'],
  all: ItemRow[],
  actor: string,
): Promise<{ rows: ItemRow[]; refused: RefusedItem[] }> {
  const rows: ItemRow[] = [];
  const refused: RefusedItem[] = [];
  for (const row of all) {
    const why =
      (await refusedSelf(history, row, actor)) ??
      // Nor by somebody who stands for them.
      (await refusedSelf(history, row, row.reviewer));
    if (why) {
      refused.push(why);
    } else {
      rows.push(row);
    }
  }
  if (rows.length === 0) {
    const [{ id, reason }] = refused;
    throw new NotAllowedError(`Item ${id}: ${reason.text}`);
  }
  return { rows, refused };
}

/** Items of a review by their ids, in its order. Throws a NotFoundError. */
export async function itemsById(
  knex: Knex,
  reviewId: string,
  ids: string[],
): Promise<ItemRow[]> {
  const rows = await knex<ItemRow>('review_items')
    .where({ review_id: reviewId })
    .whereIn('id', ids)
    .orderBy('ordinal');
  const known = new Set(rows.map(({ id }) => id));
  const missing = ids.find(id => !known.has(id));
  if (missing !== undefined) {
    throw new NotFoundError(`Review ${reviewId} has no item ${missing}`);
  }
  return rows;
}

/** Items at the versions they were read at. Throws a NotFoundError or a ConflictError. */
export async function itemsAt(
  knex: Knex,
  reviewId: string,
  items: Decide['items'],
): Promise<ItemRow[]> {
  const versions = new Map(items.map(({ id, version }) => [id, version]));
  const rows = await itemsById(knex, reviewId, [...versions.keys()]);
  for (const row of rows) {
    if (row.version !== versions.get(row.id)) {
      throw outdated(row.id);
    }
  }
  return rows;
}

function outdated(id: string): ConflictError {
  return new ConflictError(
    `Item ${id} was changed in between and nothing was saved: read it again`,
  );
}

/** Holds the review, so that it is not signed off meanwhile. */
export async function lockOpen(
  tx: Knex.Transaction,
  reviewId: string,
): Promise<ReviewRow> {
  const review = await tx<ReviewRow>('reviews')
    .where({ id: reviewId })
    .forUpdate()
    .first();
  if (!review) {
    throw new NotFoundError(`There is no review ${reviewId}`);
  }
  if (review.state !== 'in-progress' && review.state !== 'remediation') {
    throw new ConflictError(
      `Review ${reviewId} is ${review.state}: nothing can be decided in it`,
    );
  }
  return review;
}

/** Changes an item at the version it was read at. Throws a ConflictError. */
export async function change(
  tx: Knex.Transaction,
  { id, version }: ItemRow,
  values: Partial<ItemRow>,
): Promise<void> {
  const changed = await tx<ItemRow>('review_items')
    .where({ id, version })
    .update({ ...values, version: version + 1 });
  if (changed === 0) {
    throw outdated(id);
  }
}

/** Keeps what was done with items, and from what state; with `to` as they were handed to somebody. */
export async function record(
  tx: Knex.Transaction,
  said: Said[],
  event: {
    kind: string;
    actor: string;
    at: string;
    reason?: string;
    to?: string;
  },
): Promise<void> {
  for (let from = 0; from < said.length; from += 50) {
    await tx('review_events').insert(
      said.slice(from, from + 50).map(({ row, salt }) => ({
        review_id: row.review_id,
        item_id: row.id,
        kind: event.kind,
        actor: event.actor,
        at: event.at,
        from_version: row.version,
        from_decision: row.decision,
        from_reviewer: row.reviewer,
        to_reviewer: event.to ?? null,
        reason: event.reason ?? null,
        reason_salt: salt,
        stood_for:
          event.to !== undefined ||
          row.reviewer === event.actor ||
          ruleOf(event.actor)
            ? null
            : row.reviewer,
      })),
    );
  }
}

/** A review whose items are all decided waits for removals; an undo takes it back. */
export async function followDecisions(
  tx: Knex.Transaction,
  reviewId: string,
): Promise<void> {
  const undecided = await tx('review_items')
    .where({ review_id: reviewId, decision: 'undecided' })
    .first('id');
  const review = tx('reviews')
    .where({ id: reviewId })
    .whereIn('state', ['in-progress', 'remediation']);
  if (undecided) {
    await review.update({ state: 'in-progress' });
  } else {
    await review.whereRaw('containers_done = containers_total').update({
      state: 'remediation',
      all_decided_at: await databaseTime(tx),
    });
  }
}

/** An item, and what the ledger has of why something was done with it; null where nobody said. */
export interface Said {
  row: ItemRow;
  salt: string | null;
  hash: string | null;
}

/** Where nobody gave a reason. */
export const NOTHING_SAID = { salt: null, hash: null };

/** Each item has a salt of its own: what is erased of one cannot be read off another. */
export function saltedOf(reason: string | undefined): Omit<Said, 'row'> {
  if (!reason) {
    return NOTHING_SAID;
  }
  const salt = newSalt();
  return { salt, hash: saltedHash(salt, reason) };
}

/** The reason stands in the table, here only as a hash. */
export function entryOf({ row: { id, version }, hash }: Said) {
  return {
    id,
    version: version + 1,
    ...(hash !== null && { reasonHash: hash }),
  };
}
