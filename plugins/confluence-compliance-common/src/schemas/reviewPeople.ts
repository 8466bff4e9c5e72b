// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { listQuerySchema } from './lists';
import { userRefSchema } from './userRef';
import { reasonSchema, timeSchema } from './words';

const why = z.string().trim().min(1).max(2000);

/** Gives a review that has not ended to another owner. @public */
export const changeReviewOwnerSchema = z.object({
  /** User entity ref. */
  owner: userRefSchema,
  reason: why,
});

/** Gives a review to another owner. @public */
export type ChangeReviewOwner = z.input<typeof changeReviewOwnerSchema>;

/**
 * Hands all items of a reviewer to another, such as when the first has left. Not what is about the new one,
 * nor what was revoked and waits for its removal.
 *
 * @public
 */
export const handOnItemsSchema = z.object({
  /** Whose items, as these name their reviewer. */
  from: z.string().min(1).max(255),
  /** User entity ref. */
  to: userRefSchema,
  reason: why,
  /** Those that are decided, too: their decision is undone, and the new reviewer decides again. */
  undoDecided: z.boolean().default(false),
});

/** Hands all items of a reviewer to another. @public */
export type HandOnItems = z.input<typeof handOnItemsSchema>;

/** What was handed on; at most 500 items with one request. @public */
export const handedOnSchema = z.object({
  handed: z.number().int(),
  /** Of these, so many had been decided. */
  undone: z.number().int(),
  /** Items that stay, as they are about the new reviewer or wait for their removal; at most 200. */
  refused: z.array(z.object({ id: z.string(), reason: reasonSchema })),
  /** There are more: ask again. */
  more: z.boolean(),
});

/** What was handed on. @public */
export type HandedOn = z.output<typeof handedOnSchema>;

/** A change of a whole review. @public */
export const reviewChangeSchema = z.object({
  /** It got another owner, or the items of a reviewer were handed on. */
  kind: z.enum(['owner', 'hand-on']),
  by: z.string(),
  at: timeSchema,
  /** Entity refs of who had it, and of who has it since. */
  from: z.string(),
  to: z.string(),
  /** How many items were handed on, and how many of them had been decided. */
  items: z.number().int().optional(),
  undone: z.number().int().optional(),
  /** Absent for whoever may read the review under a condition only. */
  reason: z.string().optional(),
});

/** A change of a whole review. @public */
export type ReviewChange = z.output<typeof reviewChangeSchema>;

/** Changes of a review are listed newest first. @public */
export const reviewHistoryQuerySchema = listQuerySchema.pick({
  cursor: true,
  limit: true,
});
