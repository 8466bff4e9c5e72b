// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { pathStepSchema } from './directory';
import { listQuerySchema } from './lists';
import { decisionKindSchema, reviewItemFacts } from './reviewFacts';
import { reviewGapSchema, reviewPreviewSchema } from './reviewPreview';
import { userRefSchema } from './userRef';
import {
  accessLevelSchema,
  accountClassSchema,
  reasonSchema,
  timeSchema,
} from './words';

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

/** Whether an assignment that was revoked is gone, as the reads since the decision show. @public */
export const remediationStateSchema = z.enum([
  'waiting',
  'removed',
  'still-present',
  'reappeared',
  'cannot-verify',
]);

/** Whether an assignment that was revoked is gone. @public */
export type RemediationState = z.output<typeof remediationStateSchema>;

/** A path by which a space is still reached without what was revoked. @public */
export const residualPathSchema = z.object({
  /** Id of the space. */
  space: z.string(),
  title: z.string().optional(),
  /** What grants it: the account itself, a group it is in, or an access class. */
  through: pathStepSchema,
  level: accessLevelSchema,
  operations: z.array(z.string()),
  /** Whether the account surely gets it. */
  effective: z.enum(['yes', 'perhaps']),
});

/** A path by which a space is still reached. @public */
export type ResidualPath = z.output<typeof residualPathSchema>;

/** What an account still reaches of what the revoked assignment gave; apart from the assignment. @public */
export const residualAccessSchema = z.object({
  /** At most 50. */
  paths: z.array(residualPathSchema),
  /** Why there may be more; absent where these are all. */
  unknown: reasonSchema.optional(),
});

/** What an account still reaches of what the revoked assignment gave. @public */
export type ResidualAccess = z.output<typeof residualAccessSchema>;

/** What became of an assignment that was revoked. @public */
export const remediationSchema = z.object({
  /** `waiting` until a whole read began after the decision. */
  state: remediationStateSchema,
  /** Why it cannot be verified. */
  reason: reasonSchema.optional(),
  /** The read that proves it, and when that began. */
  readId: z.string().optional(),
  readStartedAt: timeSchema.optional(),
  /** Absent while nothing is proven, and of groups and access classes. */
  residual: residualAccessSchema.optional(),
});

/** What became of an assignment that was revoked. @public */
export type Remediation = z.output<typeof remediationSchema>;

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

/**
 * What became of a removal through the API: `sent` and taken by Confluence, `refused` with its reason, or
 * `unknown` while no answer is known. None of these proves anything: only a read does.
 *
 * @public
 */
export const removalOutcomeSchema = z.enum(['sent', 'refused', 'unknown']);

/** What became of a removal through the API. @public */
export type RemovalOutcome = z.output<typeof removalOutcomeSchema>;

/** An item that was revoked, and what became of it. @public */
export const remediatedItemSchema = z.object({
  item: reviewItemSchema,
  remediation: remediationSchema,
  /** What to do in Confluence, in order. */
  steps: z.array(reasonSchema).optional(),
  /** The last try to remove it through the API. */
  removal: z
    .object({
      outcome: removalOutcomeSchema,
      by: z.string(),
      at: timeSchema,
      reason: reasonSchema.optional(),
    })
    .optional(),
  /** Removals through the API are switched on; whether this one can be made says its preview. */
  removalEnabled: z.literal(true).optional(),
  /** User entity ref of who removes it; default the owner of the review. */
  owner: z.string().optional(),
  dueAt: timeSchema.optional(),
});

/** An item that was revoked, and what became of it. @public */
export type RemediatedItem = z.output<typeof remediatedItemSchema>;

/** Reviews are listed newest first. @public */
export const reviewsQuerySchema = listQuerySchema
  .pick({ cursor: true, limit: true })
  .extend({ state: reviewStateSchema.optional() });

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

/** Parameters of the remediations of a review. @public */
export const remediationsQuerySchema = listQuerySchema.pick({
  cursor: true,
  limit: true,
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

/** Ends a review without a result. @public */
export const cancelReviewSchema = z.object({
  reason: z.string().trim().min(1).max(2000),
});
