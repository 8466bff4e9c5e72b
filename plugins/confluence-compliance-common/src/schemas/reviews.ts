// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { listQuerySchema } from './lists';
import { reviewGapSchema, reviewPreviewSchema } from './reviewPreview';
import { userRefSchema } from './userRef';
import { reasonSchema, timeSchema } from './words';

/**
 * Where a review stands. A draft has a size and gaps and no items; `in-progress` is being decided;
 * `remediation` has every item decided and waits for removals; `completed` is signed off and sealed.
 *
 * @public
 */
export const reviewStateSchema = z.enum([
  'draft',
  'in-progress',
  'remediation',
  'completed',
  'cancelled',
]);

/** Where a review stands. @public */
export type ReviewState = z.output<typeof reviewStateSchema>;

/** What a review covers; every field narrows it further. @public */
export const reviewScopeSchema = z.object({
  connection: z.string().min(1).max(63),
  /** Only members and grants of this group, by its id. */
  group: z.string().min(1).max(255).optional(),
  /** Only grants in this space, by its id. */
  space: z.string().min(1).max(255).optional(),
  /** Only a critical system of the connection, by its resource ref as in `/critical-systems`. */
  system: z.string().min(1).max(255).optional(),
  /** Only what administers something. */
  admins: z.boolean().optional(),
  /** Only accounts that are guests. */
  guests: z.boolean().optional(),
  /** Only what is not known to be unchanged since the last completed review. */
  changed: z.boolean().optional(),
});

/** What a review covers. @public */
export type ReviewScope = z.output<typeof reviewScopeSchema>;

/** How many items stand where. @public */
export const reviewProgressSchema = z.object({
  /** `waiting` of a draft; `creating` while items are written in the background; then `ready`. */
  items: z.enum(['waiting', 'creating', 'ready']),
  /** Containers whose items are written, of all in scope. */
  containers: z.object({ done: z.number().int(), total: z.number().int() }),
  total: z.number().int(),
  undecided: z.number().int(),
  keep: z.number().int(),
  revoke: z.number().int(),
  defer: z.number().int(),
});

/** How many items stand where. @public */
export type ReviewProgress = z.output<typeof reviewProgressSchema>;

/**
 * How the reviewer of an item is found: the manager of the person, the owner of the space or of the
 * group as the review or the critical system names them, or who is named for the whole review.
 *
 * @public
 */
export const reviewerRuleSchema = z.enum([
  'manager',
  'space-owner',
  'group-owner',
  'named',
]);

/** How the reviewer of an item is found. @public */
export type ReviewerRule = z.output<typeof reviewerRuleSchema>;

/** Who answers for a group or a space. @public */
export const containerOwnerSchema = z.object({
  kind: z.enum(['group', 'space']),
  /** Id of the group or space. */
  id: z.string().min(1).max(255),
  /** User entity ref. */
  owner: userRefSchema,
});

/** Who answers for a group or a space. @public */
export type ContainerOwner = z.output<typeof containerOwnerSchema>;

/**
 * What becomes of items that are undecided when a review is due: they stay open and its owner is told,
 * or the rule defers or revokes them in place of their reviewers.
 *
 * @public
 */
export const overdueRuleSchema = z.enum(['keep-open', 'defer', 'revoke']);

/** What becomes of items that are undecided when a review is due. @public */
export type OverdueRule = z.output<typeof overdueRuleSchema>;

/** An access review. @public */
export const reviewSchema = z.object({
  id: z.string(),
  title: z.string(),
  state: reviewStateSchema,
  scope: reviewScopeSchema,
  /** What the group, space or critical system of its scope is called now, where that is known. */
  scopeTitle: z.string().optional(),
  /** User entity ref of who answers for it and signs it off. */
  owner: z.string(),
  /** Who is named for the whole review. */
  reviewer: z.string().optional(),
  /** How the reviewer of an item is found: the first rule that finds somebody, else the fallback. */
  reviewers: z.array(reviewerRuleSchema).optional(),
  /** Who decides on items that nobody else can. */
  fallbackReviewer: z.string(),
  dueAt: timeSchema.optional(),
  /** Default `keep-open`. */
  overdueRule: overdueRuleSchema.optional(),
  /** The template that made it, and for which period of it. */
  template: z.object({ id: z.string(), period: z.string() }).optional(),
  /** Why its template could not start it; of a draft. */
  notStarted: reasonSchema.optional(),
  createdAt: timeSchema,
  startedAt: timeSchema.optional(),
  endedAt: timeSchema.optional(),
  /** The revision it is pinned to once it was started. */
  revision: z.number().int().optional(),
  /** How many items it has; of a draft its `preview` says how many it would have. */
  size: z.number().int().optional(),
  /** What was not whole when it started, as its owner accepted it; of a draft its `preview` says what is not. */
  gaps: z.array(reviewGapSchema).optional(),
  /** Why its owner accepted the gaps; absent in lists, and where it was erased. */
  gapsReason: z.string().optional(),
  /** Of a draft what it would consist of now; absent in lists. */
  preview: reviewPreviewSchema.optional(),
  /** SHA-256 over the sealed items, as in the ledger. */
  seal: z.string().optional(),
  progress: reviewProgressSchema,
});

/** An access review. @public */
export type Review = z.output<typeof reviewSchema>;

/** What it takes to make a draft. @public */
export const createReviewSchema = z.object({
  title: z.string().trim().min(1).max(200),
  scope: reviewScopeSchema,
  /** User entity ref; default who makes it. */
  owner: userRefSchema.optional(),
  /** Who decides; without it the fallback reviewer does. */
  reviewer: userRefSchema.optional(),
  /** Rules in the order they are tried. Default `named` where there is a reviewer. */
  reviewers: z.array(reviewerRuleSchema).max(4).optional(),
  /** Who owns groups and spaces, for the rules that ask. */
  owners: z.array(containerOwnerSchema).max(500).optional(),
  fallbackReviewer: userRefSchema,
  dueAt: timeSchema.optional(),
  /** Default `keep-open`; the others need `dueAt`. */
  overdueRule: overdueRuleSchema.optional(),
});

/** What it takes to make a draft. @public */
export type CreateReview = z.input<typeof createReviewSchema>;

/**
 * Starts a review. With gaps it is refused (409) unless its owner accepts them as they were shown: once
 * others are open than these, it is refused again.
 *
 * @public
 */
export const startReviewSchema = z.object({
  acceptGaps: z
    .object({
      /** `gapsHash` as shown with them. */
      gapsHash: z.string().min(1).max(64),
      reason: z.string().trim().min(1).max(2000),
    })
    .optional(),
});

/** Reviews are listed newest first. @public */
export const reviewsQuerySchema = listQuerySchema
  .pick({ cursor: true, limit: true })
  .extend({ state: reviewStateSchema.optional() });

/** Ends a review without a result. @public */
export const cancelReviewSchema = z.object({
  reason: z.string().trim().min(1).max(2000),
});
