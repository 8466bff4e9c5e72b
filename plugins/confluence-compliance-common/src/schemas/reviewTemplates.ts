// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import {
  containerOwnerSchema,
  overdueRuleSchema,
  reviewerRuleSchema,
  reviewScopeSchema,
} from './reviews';
import { userRefSchema } from './userRef';
import { reasonSchema, timeSchema } from './words';

/**
 * How often a review is made: once in each so many months of the calendar, counted from January; or, with
 * `system`, in time for when the critical system of the scope is due.
 *
 * @public
 */
export const reviewCadenceSchema = z.union(
  [
    z.literal('system'),
    z.strictObject({ months: z.number().int().min(1).max(36) }),
  ],
  "must be { months: 3 }, with 1 to 36 months, or 'system'",
);

/** How often a review is made. @public */
export type ReviewCadence = z.output<typeof reviewCadenceSchema>;

/** What reviews that recur are made of. @public */
export const reviewTemplateInputSchema = z
  .strictObject({
    /** The period is added to it. */
    title: z.string().trim().min(1).max(180),
    scope: z.strictObject(reviewScopeSchema.shape),
    /** User entity ref of who answers for each review, is told of it, and signs it off. */
    owner: userRefSchema,
    /** Who decides; without it the fallback reviewer does. */
    reviewer: userRefSchema.optional(),
    /** Rules in the order they are tried. Default `named` where there is a reviewer. */
    reviewers: z.array(reviewerRuleSchema).max(4).optional(),
    /** Who owns groups and spaces, for the rules that ask. */
    owners: z.array(containerOwnerSchema).max(500).optional(),
    fallbackReviewer: userRefSchema,
    overdueRule: overdueRuleSchema.default('keep-open'),
    cadence: reviewCadenceSchema,
    /** Days from when it is made until it is due, at the end of that day in UTC. */
    dueInDays: z.number().int().min(1).max(365).default(30),
    /** Whether it is started at once, or stays a draft until its owner starts it. */
    makes: z.enum(['draft', 'started']).default('draft'),
  })
  .superRefine(({ scope, cadence, reviewer, reviewers }, context) => {
    const { group, space, system } = scope;
    const refuse = (path: string[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if ([group, space, system].filter(one => one !== undefined).length > 1) {
      refuse(['scope'], 'takes one of group, space and system');
    }
    if (cadence === 'system' && system === undefined) {
      refuse(['scope', 'system'], "must name one for the cadence 'system'");
    }
    if (reviewers?.includes('named') && reviewer === undefined) {
      refuse(['reviewer'], "must say who, for the rule 'named'");
    }
  });

/** What it takes to set a template. @public */
export type ReviewTemplateInput = z.input<typeof reviewTemplateInputSchema>;

/** A template, and when it makes reviews. @public */
export const reviewTemplateSchema = z.object({
  ...reviewTemplateInputSchema.shape,
  /** With what each group and space is called now, where that is known. */
  owners: z
    .array(containerOwnerSchema.extend({ title: z.string().optional() }))
    .optional(),
  /** What the group, space or critical system of its scope is called now, where that is known. */
  scopeTitle: z.string().optional(),
  id: z.string(),
  /** Where it is set: the configuration wins, and nobody can change it in the portal. */
  origin: z.enum(['config', 'portal']),
  /** It is set in the portal too, which the configuration outweighs. */
  alsoInPortal: z.literal(true).optional(),
  /** The last review that it made. */
  last: z
    .object({
      period: z.string(),
      reviewId: z.string(),
      at: timeSchema,
      /** Why it could not be started. */
      notStarted: reasonSchema.optional(),
    })
    .optional(),
  /**
   * The next period, and when its review is made; in the past: with the next look. Absent while the
   * critical system has no due date, or a review of this template that follows it is open.
   */
  next: z.object({ period: z.string(), at: timeSchema }).optional(),
});

/** A template, and when it makes reviews. @public */
export type ReviewTemplate = z.output<typeof reviewTemplateSchema>;

/** Id of a template. @public */
export const reviewTemplateIdSchema = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    'must be 1 to 63 lowercase letters, digits and dashes, with a letter or digit at both ends',
  );
