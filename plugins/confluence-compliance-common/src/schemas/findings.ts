// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { pageSchema } from './lists';
import { severitySchema, timeSchema } from './words';

/**
 * Where a finding stands: `open`; `resolved` once its check saw something else; `regressed` when it
 * fails or warns again after that. What is unknown resolves nothing.
 *
 * @public
 */
export const findingStateSchema = z.enum(['open', 'regressed', 'resolved']);

/** Where a finding stands. @public */
export type FindingState = z.output<typeof findingStateSchema>;

/**
 * What resolved a finding: the verdict that came, the account or space that is gone, or that the check
 * does not judge it any more.
 *
 * @public
 */
export const findingResolutionSchema = z.enum([
  'pass',
  'not-applicable',
  'subject-gone',
  'not-judged',
]);

/** What resolved a finding. @public */
export type FindingResolution = z.output<typeof findingResolutionSchema>;

/** What a finding says of its life. @public */
export const findingLifeFields = {
  state: findingStateSchema,
  /** When it failed or warned for the first time that is kept. */
  firstSeen: timeSchema,
  /** The last run of its check that looked and found it. */
  lastSeen: timeSchema,
  resolved: z
    .object({ at: timeSchema, by: findingResolutionSchema })
    .optional(),
  /** Entity ref of who looks after it, as it is now; not told of the past. */
  owner: z.string().optional(),
  /** How many comments it has now; not told of the past. */
  comments: z.number().int().optional(),
};

/** Parameters of the list of findings, besides those of their subject. @public */
export const findingFilterFields = {
  /** Default: those that stand, open and regressed. */
  state: findingStateSchema.optional(),
  severity: severitySchema.optional(),
  /** Only findings of checks with a control of this framework, as `controls` of checks name it. */
  framework: z.string().min(1).max(100).optional(),
  /** Only findings of checks with this control, such as `CC6.1`. */
  control: z.string().min(1).max(100).optional(),
  /** `me`, `nobody`, or an entity ref; not with `asOf`. */
  owner: z.string().min(1).max(500).optional(),
};

/** Ids of findings, as in `id` of a finding. */
const findingId = z.string().min(1).max(1000);

/** How many findings one request gives to somebody. @public */
export const MOST_ASSIGNED_AT_ONCE = 200;

/** Gives findings to somebody, or with `null` to nobody. @public */
export const assignFindingsSchema = z.strictObject({
  findings: z.array(findingId).min(1).max(MOST_ASSIGNED_AT_ONCE),
  /** `me`, or the entity ref of a user or group. */
  owner: z.string().min(1).max(500).nullable(),
});

/** Gives findings to somebody, or to nobody. @public */
export type AssignFindings = z.input<typeof assignFindingsSchema>;

/** How many findings have another owner now. @public */
export const assignedFindingsSchema = z.object({
  assigned: z.number().int(),
});

/** A comment that somebody makes. @public */
export const addCommentSchema = z.strictObject({
  text: z.string().trim().min(1).max(2000),
});

/** A comment on a finding; plain text. @public */
export const findingCommentSchema = z.object({
  id: z.string(),
  text: z.string(),
  /** Ref of who wrote it. */
  author: z.string(),
  at: timeSchema,
});

/** A comment on a finding. @public */
export type FindingComment = z.output<typeof findingCommentSchema>;

/** Comments on a finding, oldest first. @public */
export const findingCommentsSchema = pageSchema(findingCommentSchema);

/** Asks for a new look at a finding. @public */
export const recheckFindingSchema = z.strictObject({ finding: findingId });

/** What is run for it: a check judges all its subjects at once. @public */
export const recheckAnswerSchema = z.object({
  check: z.string(),
  scope: z.literal('check'),
});

/** What is run for it. @public */
export type RecheckAnswer = z.output<typeof recheckAnswerSchema>;
