// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { reasonSchema, timeSchema } from './words';

/** Who may edit the page of a policy, of what was read. @public */
export const policyEditorsSchema = z.object({
  connection: z.string(),
  pageId: z.string(),
  /** Whether the page itself names who may edit it; absent where that is not known. */
  narrowed: z.boolean().optional(),
  /** When Confluence said so. */
  readAt: timeSchema.optional(),
  /**
   * How many accounts may edit it: those that its space lets edit and that it names, where it names
   * any, and those that administer the space. Where `unknown` says so, others may, or fewer. Absent
   * where the page was not read, so that its space is not known.
   */
  accounts: z.number().int().optional(),
  /** How many of them administer the space: they can lift what the page says. Absent like `accounts`. */
  administrators: z.number().int().optional(),
  /** Access classes that may edit it as well, such as `all-licensed-users`: who is in them is not listed. */
  classes: z.array(z.string()),
  /**
   * Who may read it is narrowed on the page itself, or above it: some of them may not see it. `unknown`
   * where that was not read.
   */
  readingNarrowed: z.enum(['own', 'inherited', 'unknown']).optional(),
  /** Why it is not known for sure. */
  unknown: reasonSchema.optional(),
  /** Some of the accounts, at most ten; absent for whoever may not see accounts. */
  some: z
    .array(z.object({ accountId: z.string(), name: z.string().optional() }))
    .optional(),
  /** How many groups the page names; absent where that is not known. */
  groupCount: z.number().int().optional(),
  /** Some of these groups, at most ten; absent for whoever may not see groups. */
  groups: z
    .array(z.object({ groupId: z.string(), name: z.string().optional() }))
    .optional(),
});

/** Who may edit the page of a policy, of what was read. @public */
export type PolicyEditors = z.output<typeof policyEditorsSchema>;
