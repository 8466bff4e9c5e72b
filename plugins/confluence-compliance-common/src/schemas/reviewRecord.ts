// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { listQuerySchema, pageSchema } from './lists';
import { decisionKindSchema } from './reviewFacts';
import { decisionOrNoneSchema } from './reviewItems';
import { remediationStateSchema } from './reviewRemediations';
import { createReviewSchema, reviewSchema } from './reviews';
import { userRefSchema } from './userRef';
import { reasonSchema, timeSchema } from './words';

/**
 * What a review over a scope would consist of now, and with a fallback reviewer who would decide how
 * many.
 *
 * @public
 */
export const previewReviewSchema = createReviewSchema
  .pick({
    scope: true,
    owner: true,
    reviewer: true,
    reviewers: true,
    owners: true,
    fallbackReviewer: true,
  })
  .partial({ fallbackReviewer: true });

/** What a review over a scope would consist of now. @public */
export type PreviewReview = z.input<typeof previewReviewSchema>;

/** Running reviews in which somebody has something to decide, the one that is due first on top. @public */
export const openDecisionsSchema = pageSchema(
  z.object({
    review: reviewSchema,
    /** How many decisions of theirs are open in it. */
    open: z.number().int(),
  }),
).extend({
  /** How many are open in all of these reviews, on whatever page they stand. */
  open: z.number().int(),
});

/** Running reviews in which somebody has something to decide. @public */
export type OpenDecisions = z.output<typeof openDecisionsSchema>;

/** One thing that somebody did with an item, and what it was before. @public */
export const itemEventSchema = z.object({
  kind: z.enum([...decisionKindSchema.options, 'undo', 'reassign']),
  by: z.string(),
  /** The reviewer in whose place a delegate did it. */
  for: z.string().optional(),
  at: timeSchema,
  from: z.object({
    version: z.number().int(),
    decision: decisionOrNoneSchema,
    reviewer: z.string(),
  }),
  /** Whom it was handed to. */
  to: z.string().optional(),
  reason: z.string().optional(),
  /** Why the rule of the review decided, where nobody did. */
  rule: reasonSchema.optional(),
});

/** One thing that somebody did with an item, and what it was before. @public */
export type ItemEvent = z.output<typeof itemEventSchema>;

/** Everything that was done with an item, newest first; the last 200. @public */
export const itemHistorySchema = z.object({ items: z.array(itemEventSchema) });

/** Somebody decides in the place of a reviewer for a while. @public */
export const delegationSchema = z.object({
  id: z.string(),
  /** User entity ref of the reviewer. */
  from: z.string(),
  /** User entity ref of who decides for them. */
  to: z.string(),
  startsAt: timeSchema,
  endsAt: timeSchema,
  reason: z.string().optional(),
  createdAt: timeSchema,
  /** When it was ended before its time, and by whom. */
  endedAt: timeSchema.optional(),
  endedBy: z.string().optional(),
  active: z.boolean(),
});

/** Somebody decides in the place of a reviewer for a while. @public */
export type Delegation = z.output<typeof delegationSchema>;

/** Delegations are listed page by page. @public */
export const delegationsQuerySchema = listQuerySchema.pick({
  cursor: true,
  limit: true,
});

/** Lets somebody decide in the place of the caller, who keeps what is theirs. @public */
export const delegateSchema = z.object({
  /** User entity ref. */
  to: userRefSchema,
  /** Default now. */
  startsAt: timeSchema.optional(),
  /** At most a year ahead. */
  endsAt: timeSchema,
  reason: z.string().trim().min(1).max(2000),
});

/** Lets somebody decide in the place of the caller. @public */
export type Delegate = z.input<typeof delegateSchema>;

/** Says who removes what was revoked, and by when. @public */
export const assignRemediationsSchema = z.object({
  items: z.array(z.string().min(1).max(64)).min(1).max(200),
  /** User entity ref. */
  owner: userRefSchema.optional(),
  dueAt: timeSchema.optional(),
});

/** Says who removes what was revoked, and by when. @public */
export type AssignRemediations = z.input<typeof assignRemediationsSchema>;

/** What one reviewer has and did. @public */
export const reviewerSummarySchema = z.object({
  reviewer: z.string(),
  total: z.number().int(),
  undecided: z.number().int(),
  /** What is revoked, whether it is removed by now or not. */
  revoke: z.number().int(),
});

/** A review in numbers, to be printed. @public */
export const reviewSummarySchema = z.object({
  review: reviewSchema,
  /** When these numbers were taken. */
  at: timeSchema,
  /** Decisions that are another than what was recommended. */
  overruled: z.number().int(),
  /** Decisions of the rule of the review, where nobody decided in time. */
  byRule: z.number().int().optional(),
  /** Those with the most items first, at most 200. */
  reviewers: z.array(reviewerSummarySchema),
  /** What was revoked, by what became of it; as sealed, and before that as of now. */
  remediations: z.record(remediationStateSchema, z.number().int()),
});

/** A review in numbers, to be printed. @public */
export type ReviewSummary = z.output<typeof reviewSummarySchema>;
