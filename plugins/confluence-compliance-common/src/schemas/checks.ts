// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { listQuerySchema, sortSchema } from './lists';
import {
  reasonSchema,
  severitySchema,
  timeSchema,
  verdictSchema,
} from './words';

/** A control of a framework that a check speaks to. @public */
export const controlSchema = z.object({
  framework: z.string(),
  control: z.string(),
  /** Read against the text of the standard by a person. */
  reviewed: z.boolean(),
});

/** How many subjects have each stored verdict. @public */
export const checkCountsSchema = z.object({
  pass: z.number().int(),
  fail: z.number().int(),
  warning: z.number().int(),
  unknown: z.number().int(),
  'not-applicable': z.number().int(),
});

/** How many subjects have each stored verdict. @public */
export type CheckCounts = z.output<typeof checkCountsSchema>;

/** A rule and where it stands. @public */
export const checkSchema = z.object({
  id: z.string(),
  /** A statement that should be true. */
  title: z.string(),
  description: z.string(),
  severity: severitySchema,
  subjectKind: z.string(),
  requires: z.array(z.string()),
  improves: z.array(z.string()),
  controls: z.array(controlSchema),
  howToFix: z.array(z.string()),
  state: z.enum(['ready', 'needs-organization-key', 'attestation', 'later']),
  parameters: z.record(z.string(), z.unknown()),
  /** Fail, else warning, else unknown when anything is unknown or incomplete, else pass. */
  verdict: verdictSchema,
  /** Why the verdict is unknown, where it is. */
  reason: reasonSchema.optional(),
  counts: checkCountsSchema,
  lastRunAt: timeSchema.optional(),
  /** The revision that its results were judged at. */
  revision: z.number().int().optional(),
  running: z.boolean(),
});

/** A rule and where it stands. @public */
export type Check = z.output<typeof checkSchema>;

/** A verdict that needs somebody. @public */
export const findingSchema = z.object({
  id: z.string(),
  checkId: z.string(),
  severity: severitySchema,
  verdict: verdictSchema,
  reason: reasonSchema,
  subject: z.object({
    kind: z.string(),
    connection: z.string(),
    id: z.string(),
    title: z.string().optional(),
    entityRef: z.string().optional(),
  }),
  person: z.string().optional(),
  facts: z.array(
    z.object({ name: z.string(), value: z.string(), source: z.string() }),
  ),
  since: timeSchema,
  revision: z.number().int(),
});

/** A verdict that needs somebody. @public */
export type Finding = z.output<typeof findingSchema>;

/** Parameters of the list of findings. @public */
export const findingsQuerySchema = listQuerySchema.extend({
  check: z.string().min(1).max(100).optional(),
  verdict: verdictSchema.optional(),
  /** Account id, space id, … of the subject. */
  subject: z.string().min(1).max(255).optional(),
  sort: sortSchema(['severity']).default('-severity'),
});
