// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { listQuerySchema } from './lists';
import { decisionKindSchema, reviewItemFacts } from './reviewFacts';
import { userRefSchema } from './userRef';
import { accountClassSchema, reasonSchema, timeSchema } from './words';

/** Why somebody is the reviewer of an item. @public */
export const reviewerBecauseSchema = z.enum([
  'manager',
  'space-owner',
  'group-owner',
  'named',
  'fallback',
  'reassigned',
]);

/** What stands on an item. @public */
export const decisionOrNoneSchema = z.enum([
  'undecided',
  ...decisionKindSchema.options,
]);

/**
 * Who decided, where the overdue rule of a review did: it is no entity ref, so that nobody can be
 * called like it. @public
 */
export const BY_OVERDUE_RULE = 'rule:overdue';

/** The decision that stands on an item. @public */
export const reviewDecisionSchema = z.object({
  kind: decisionKindSchema,
  by: z.string(),
  /** The reviewer in whose place a delegate decided. */
  for: z.string().optional(),
  at: timeSchema,
  reason: z.string().optional(),
  /** Why the rule of the review decided, where nobody did; `by` is `BY_OVERDUE_RULE` then. */
  rule: reasonSchema.optional(),
});

/** One membership, or what one principal was granted in one space. @public */
export const reviewItemSchema = z.object({
  id: z.string(),
  /** Sent back with a decision: whoever decided in between wins. */
  version: z.number().int(),
  kind: z.enum(['membership', 'grant']),
  connection: z.string(),
  principal: z.object({
    kind: z.enum(['account', 'group', 'access-class']),
    id: z.string(),
    name: z.string().optional(),
    /** Of an account. */
    class: accountClassSchema.optional(),
    /** Entity ref of the person of an account; absent where nobody is identified. */
    person: z.string().optional(),
  }),
  /** The group or space it is in. */
  container: z.object({
    kind: z.enum(['group', 'space']),
    id: z.string(),
    title: z.string().optional(),
  }),
  /** Of a grant, such as `read space`, sorted. */
  operations: z.array(z.string()),
  admin: z.boolean(),
  /** Since when it is known; it may be older. */
  since: timeSchema.optional(),
  recommendation: z.object({
    kind: decisionKindSchema,
    reasons: z.array(reasonSchema),
  }),
  reviewer: z.object({ ref: z.string(), because: reviewerBecauseSchema }),
  /** Keeping it needs a reason, too. */
  keepNeedsReason: z.boolean(),
  ...reviewItemFacts,
  decision: reviewDecisionSchema.optional(),
});

/** One membership, or what one principal was granted in one space. @public */
export type ReviewItem = z.output<typeof reviewItemSchema>;

/** Parameters of the items of a review. @public */
export const reviewItemsQuerySchema = listQuerySchema
  .pick({ cursor: true, limit: true })
  .extend({
    decision: decisionOrNoneSchema.optional(),
    reviewer: z.string().min(1).max(255).optional(),
    /** Only items of this account, group or access class, by its id. */
    principal: z.string().min(1).max(255).optional(),
    /** Only items in this group or space, by its id. */
    container: z.string().min(1).max(255).optional(),
  });

/** Parameters of the items that one has to decide, and of remediations. @public */
export const ownReviewItemsQuerySchema = reviewItemsQuerySchema.omit({
  reviewer: true,
});

/** An item as its reader last saw it. @public */
export const itemVersionSchema = z.object({
  id: z.string().min(1).max(64),
  version: z.number().int().min(1),
});

/**
 * Decides all these items, or none: 409 when one of them is not at its version any more. Only what is
 * about whoever decides is refused by itself. `undo` takes a decision back.
 *
 * @public
 */
export const decideItemsSchema = z.object({
  items: z.array(itemVersionSchema).min(1).max(200),
  decision: z.enum([...decisionKindSchema.options, 'undo']),
  /** Needed to revoke and to defer, and to keep what `keepNeedsReason`. */
  reason: z.string().trim().min(1).max(2000).optional(),
  /** Needed, with a reason, to keep several items at once of which some are not `lowRisk`. */
  includeRisky: z.boolean().optional(),
});

/** Decides items. @public */
export type DecideItems = z.input<typeof decideItemsSchema>;

/** Hands items to another reviewer, all or none. @public */
export const reassignItemsSchema = z.object({
  items: z.array(itemVersionSchema).min(1).max(200),
  /** User entity ref. */
  to: userRefSchema,
  reason: z.string().trim().min(1).max(2000),
  /** Needed for items that are decided: their decision is undone, and the new reviewer decides again. */
  undoDecided: z.boolean().optional(),
});

/** Hands items to another reviewer. @public */
export type ReassignItems = z.input<typeof reassignItemsSchema>;

/** The items as they are now. @public */
export const changedItemsSchema = z.object({
  items: z.array(reviewItemSchema),
});

/** The items that were decided, as they are now, and those that were not. @public */
export const decidedItemsSchema = changedItemsSchema.extend({
  /** They are about whoever decides, or stood for: somebody else has to. The others are decided. */
  refused: z
    .array(z.object({ id: z.string(), reason: reasonSchema }))
    .optional(),
});

/** The items that were decided, and those that were not. @public */
export type DecidedItems = z.output<typeof decidedItemsSchema>;
