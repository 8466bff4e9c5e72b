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
]);

/** Who may have access to a critical system. @public */
export type AccessRule = z.output<typeof accessRuleSchema>;

/** A site or space whose access must be reviewed on a cadence. @public */
export const criticalSystemSchema = z.object({
  resource: resourceSchema,
  /** A site is one by default. */
  origin: z.enum(['config', 'default']),
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
    /** When the last review was completed. */
    lastAt: timeSchema.optional(),
    /** When the next one must be completed; absent before anything was read. */
    dueAt: timeSchema.optional(),
    overdue: z.boolean(),
  }),
});

/** A site or space whose access must be reviewed on a cadence. @public */
export type CriticalSystem = z.output<typeof criticalSystemSchema>;
