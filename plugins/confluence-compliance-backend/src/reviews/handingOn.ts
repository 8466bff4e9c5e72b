// SPDX-License-Identifier: Apache-2.0
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  HandedOn,
  handOnItemsSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { z } from 'zod';
import { databaseTime, inTransaction } from '../history';
import { recordChange } from './changes';
import { lockOpen } from './deciding';
import {
  handTo,
  isDecided,
  provenOf,
  type Reassigning,
  waitingForRemoval,
} from './reassigning';
import type { ItemRow, ReviewRow } from './rows';
import { type RefusedItem, refusedSelf } from './selfReview';

/** Rows that one request hands on, and refused ones that its answer names. */
const MOST = 500;
const NAMED = 200;

const WAITS = {
  code: 'waits-for-removal',
  text: 'It is revoked and waits for its removal',
};

/**
 * Hands on the rows of a reviewer, the first of them; not those that are about the new one, nor those that
 * are revoked and wait for their removal. Throws a NotFoundError, an InputError for the same reviewer, and
 * a ConflictError while items are made or when somebody decides at the same time.
 */
export async function handOn(
  options: Reassigning,
  reviewId: string,
  actor: string,
  asked: z.output<typeof handOnItemsSchema>,
): Promise<HandedOn> {
  const { knex, history } = options;
  const { reason, undoDecided } = asked;
  const from = asked.from.toLowerCase();
  const to = asked.to.toLowerCase();
  if (from === to) {
    throw new InputError(
      `to is ${to}, whose rows they are: name somebody else`,
    );
  }
  const review = await knex<ReviewRow>('reviews')
    .where({ id: reviewId })
    .first();
  if (!review) {
    throw new NotFoundError(`There is no review ${reviewId}`);
  }
  if (review.containers_done < review.containers_total) {
    throw new ConflictError(
      `Items of review ${reviewId} are still being made: hand them on once they are`,
    );
  }
  const refused: HandedOn['refused'] = [];
  let after = 0;
  for (;;) {
    const rows = await rowsOf(options, review, { from, undoDecided, after });
    refused.push(...rows.stay);
    const taken: ItemRow[] = [];
    for (const row of rows.found) {
      const own = await refusedSelf(history, row, to);
      if (own) {
        refused.push(own);
      } else {
        taken.push(row);
      }
    }
    const undone = taken.filter(isDecided).length;
    if (taken.length > 0) {
      await inTransaction(knex, async tx => {
        const open = await lockOpen(tx, reviewId);
        const change = {
          ...({ kind: 'hand-on', actor, from, to, reason, undone } as const),
          at: await databaseTime(tx),
          items: taken.length,
        };
        const reasonHash = await recordChange(tx, reviewId, change);
        await handTo(tx, options, {
          ...{ review: open, actor, rows: taken, to, reason },
          payload: { from, reasonHash },
        });
      });
    }
    if (taken.length > 0 || !rows.more) {
      return {
        handed: taken.length,
        undone,
        refused: refused.slice(0, NAMED),
        more: rows.more,
      };
    }
    after = rows.last;
  }
}

/** The next rows of a reviewer, and which of them stay as they wait for their removal. */
async function rowsOf(
  options: Reassigning,
  review: ReviewRow,
  asked: { from: string; undoDecided: boolean; after: number },
): Promise<{
  found: ItemRow[];
  stay: RefusedItem[];
  more: boolean;
  last: number;
}> {
  const { knex } = options;
  const { from, undoDecided, after } = asked;
  const query = knex<ItemRow>('review_items')
    .where({ review_id: review.id, reviewer: from })
    .where('ordinal', '>', after)
    .orderBy('ordinal')
    .limit(MOST);
  const rows = await (undoDecided
    ? query
    : query.where({ decision: 'undecided' }));
  const waiting = await waitingForRemoval(knex, review, rows);
  const left = rows.filter(({ id }) => !waiting.has(id));
  const proven = await provenOf(options, left);
  return {
    found: left.filter(({ id }) => !proven.has(id)),
    stay: rows.flatMap(({ id }) =>
      waiting.has(id) || proven.has(id) ? { id, reason: WAITS } : [],
    ),
    more: rows.length === MOST,
    last: Number(rows[rows.length - 1]?.ordinal ?? 0),
  };
}
