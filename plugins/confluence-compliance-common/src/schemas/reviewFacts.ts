// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { accountFactSchema } from './accountFacts';
import { reasonSchema, timeSchema } from './words';

/** What was decided on an item. @public */
export const decisionKindSchema = z.enum(['keep', 'revoke', 'defer']);

/** What was decided on an item. @public */
export type DecisionKind = z.output<typeof decisionKindSchema>;

/** What an item is against the last completed review that had its container. @public */
export const reviewDeltaSchema = z.object({
  /**
   * `new`: it was not there; `changed`: it allows something else; `came-back`: it had been there
   * before, was gone, and stands again; `unknown`: nothing whole to compare with.
   */
  kind: z.enum(['new', 'changed', 'unchanged', 'came-back', 'unknown']),
  /** Why it is not known: nothing was reviewed before, or its container was not whole then. */
  reason: reasonSchema.optional(),
  /** The review it is compared with, and when that was pinned. */
  reviewId: z.string().optional(),
  since: timeSchema.optional(),
  /** Operations of a changed grant that came and went, sorted. */
  added: z.array(z.string()).optional(),
  removed: z.array(z.string()).optional(),
});

/** What an item is against the last completed review. @public */
export type ReviewDelta = z.output<typeof reviewDeltaSchema>;

/** What was decided on the same assignment the last time. @public */
export const lastDecisionSchema = z.object({
  reviewId: z.string(),
  kind: decisionKindSchema,
  by: z.string(),
  at: timeSchema,
  reason: z.string().optional(),
});

/** What was decided on the same assignment the last time. @public */
export type LastDecision = z.output<typeof lastDecisionSchema>;

/** One step from who has access to what it is to. @public */
export const reviewPathStepSchema = z.object({
  kind: z.enum(['account', 'group', 'access-class', 'space']),
  id: z.string(),
  name: z.string().optional(),
});

/** One step from who has access to what it is to. @public */
export type ReviewPathStep = z.output<typeof reviewPathStepSchema>;

/**
 * What a reviewer sees besides who has what. Everything is as of the pinned revision; when an account
 * was last active and its findings are as of when the item was made. Absent of items made before these
 * were kept, and of what they cannot be said: groups and access classes have no account. @public
 */
export const reviewItemFacts = {
  /** Whether the account is a guest. */
  guest: z.boolean().optional(),
  status: accountFactSchema.optional(),
  mfa: accountFactSchema.optional(),
  lastActive: accountFactSchema.optional(),
  /** From the principal to the group or space. */
  path: z.array(reviewPathStepSchema).optional(),
  /** Of a membership: in how many spaces its group is granted something, and administers. */
  reach: z
    .object({ spaces: z.number().int(), admin: z.number().int() })
    .optional(),
  /** Open findings about the account, and how many of them are high or critical. */
  openFindings: z
    .object({ total: z.number().int(), high: z.number().int() })
    .optional(),
  lastDecision: lastDecisionSchema.optional(),
  delta: reviewDeltaSchema.optional(),
  /** Unchanged and nothing stands out: many such items may be kept at once. */
  lowRisk: z.boolean().optional(),
};
