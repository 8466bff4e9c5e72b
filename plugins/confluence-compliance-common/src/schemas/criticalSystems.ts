// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { checkCountsSchema, resourceSchema } from './checks';
import { reachSchema } from './directory';
import { reasonSchema, timeSchema, verdictSchema } from './words';

/** Who may have access to a critical system. @public */
export const accessRuleSchema = z.discriminatedUnion('kind', [
  /** Everybody who is employed. */
  z.object({ kind: z.literal('all-staff') }),
  /** Members of these Confluence groups, by name. */
  z.object({ kind: z.literal('groups'), groups: z.array(z.string()) }),
  /** Whose access the last decision of a review that is signed off keeps. */
  z.object({ kind: z.literal('reviewed') }),
]);

/** Who may have access to a critical system. @public */
export type AccessRule = z.output<typeof accessRuleSchema>;

/** A site or space whose access must be reviewed on a cadence. @public */
export const criticalSystemSchema = z.object({
  resource: resourceSchema,
  /** The configuration wins over a mark of the portal; a site is one by default. */
  origin: z.enum(['config', 'portal', 'default']),
  /** It is marked in the portal too, which the configuration outweighs. */
  alsoMarked: z.literal(true).optional(),
  owner: z.string().optional(),
  rule: accessRuleSchema,
  reach: reachSchema,
  /** What the check of its access rule found. */
  check: z.object({
    id: z.string(),
    title: z.string(),
    verdict: verdictSchema,
    reason: reasonSchema.optional(),
    counts: checkCountsSchema,
    lastRunAt: timeSchema.optional(),
  }),
  review: z.object({
    /** ISO 8601 duration. */
    every: z.string(),
    /** When the last review of all of it was completed. */
    lastAt: timeSchema.optional(),
    /** When the last review was completed that left out what was not whole. */
    gapsAt: timeSchema.optional(),
    /** The review of it that is being decided. */
    running: z
      .object({
        id: z.string(),
        /** Decisions about this system that are still open. */
        undecided: z.number().int(),
        dueAt: timeSchema.optional(),
      })
      .optional(),
    /** When the next one must be completed; absent before anything was read. */
    dueAt: timeSchema.optional(),
    overdue: z.boolean(),
  }),
});

/** A site or space whose access must be reviewed on a cadence. @public */
export type CriticalSystem = z.output<typeof criticalSystemSchema>;

/** How often access is reviewed: an ISO 8601 duration of years, months, weeks or days. @public */
export const cadenceSchema = z
  .string()
  .regex(
    /^P(?=\d)(?:\d{1,2}Y)?(?:\d{1,3}M)?(?:\d{1,3}W)?(?:\d{1,4}D)?$/,
    'must be an ISO 8601 duration of years, months, weeks or days, such as P6M',
  )
  .refine(value => /[1-9]/.test(value), 'must be longer than nothing');

/** Which site, or which space of it, is marked. @public */
export const criticalSystemQuerySchema = z.object({
  /** Key of the space; without it the site itself. */
  space: z.string().min(1).max(255).optional(),
});

/** Which site, or which space of it, is marked. @public */
export type CriticalSystemQuery = z.input<typeof criticalSystemQuerySchema>;

/** How a critical system is marked in the portal. @public */
export const criticalSystemInputSchema = z.object({
  /** Entity ref of who answers for it; default the owner of its connection. */
  owner: z
    .string()
    .regex(
      /^[a-z]+:[^\s:/]+\/[^\s:/]+$/i,
      'must be an entity ref such as group:default/security',
    )
    .max(255)
    .optional(),
  reviewEvery: cadenceSchema,
  rule: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('all-staff') }),
    z.strictObject({ kind: z.literal('reviewed') }),
    z.strictObject({
      kind: z.literal('groups'),
      groups: z.array(z.string().trim().min(1).max(255)).min(1).max(50),
    }),
  ]),
});

/** How a critical system is marked in the portal. @public */
export type CriticalSystemInput = z.output<typeof criticalSystemInputSchema>;
