// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { pathStepSchema } from './directory';
import { listQuerySchema } from './lists';
import { reviewItemSchema } from './reviewItems';
import { accessLevelSchema, reasonSchema, timeSchema } from './words';

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

/** Parameters of the remediations of a review. @public */
export const remediationsQuerySchema = listQuerySchema.pick({
  cursor: true,
  limit: true,
});
