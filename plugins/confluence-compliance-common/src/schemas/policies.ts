// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { pageRecordSchema } from './directory';
import { reasonSchema, timeSchema, verdictSchema } from './words';

/** A document that the organization must have. @public */
export const policySchema = z.object({
  id: z.string(),
  title: z.string(),
  connection: z.string(),
  /** How its page is found, in words. */
  rule: z.string(),
  verdict: verdictSchema,
  reason: reasonSchema,
  /** The pages that the rule finds, at most ten; one current page fulfils it. */
  pages: z.array(pageRecordSchema),
  lastRunAt: timeSchema.optional(),
});

/** A document that the organization must have. @public */
export type Policy = z.output<typeof policySchema>;
