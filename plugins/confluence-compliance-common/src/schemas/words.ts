// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** Everything a sync can read. @public */
export const datasetNames = [
  'accounts',
  'groups',
  'memberships',
  'spaces',
  'grants',
  'pages',
  'labels',
  'restrictions',
  'directory',
  'credentials',
  'audit',
] as const;

/** One thing a sync reads. @public */
export type DatasetName = (typeof datasetNames)[number];

/** Stored verdicts, worst first. @public */
export const verdicts = [
  'fail',
  'warning',
  'unknown',
  'pass',
  'not-applicable',
] as const;

/** Verdict of a check on one subject. @public */
export const verdictSchema = z.enum(verdicts);

/** Verdict of a check on one subject. Unknown never counts as pass. @public */
export type Verdict = z.output<typeof verdictSchema>;

/** How much a failing check matters, least first. @public */
export const severitySchema = z.enum(['low', 'medium', 'high', 'critical']);

/** How much a failing check matters. @public */
export type Severity = z.output<typeof severitySchema>;

/** What an account is. @public */
export const accountClassSchema = z.enum([
  'person',
  'service',
  'app',
  'guest',
  'shared',
]);

/** What an account is. @public */
export type AccountClass = z.output<typeof accountClassSchema>;

/** What a connection is used for. @public */
export const purposeSchema = z.enum(['access-review', 'policy']);

/** What a connection is used for. @public */
export type Purpose = z.output<typeof purposeSchema>;

/** Groups above this many members show a count instead of member relations. @public */
export const GROUP_RELATION_LIMIT = 500;

/** A stable code and what it means in words. @public */
export const reasonSchema = z.object({ code: z.string(), text: z.string() });

/** A stable code and what it means in words. @public */
export type Reason = z.output<typeof reasonSchema>;

/** A time in ISO 8601, UTC. @public */
export const timeSchema = z.iso.datetime();

/** What is seen, and why there may be more. @public */
export const seenCountSchema = z.object({
  seen: z.number().int(),
  /** Why this is not known to be all of it; absent when it is. */
  unknown: reasonSchema.optional(),
  /** When it was last read whole, where it is not known to be so still: it may be more or fewer by now. */
  wholeAt: timeSchema.optional(),
});

/** What is seen, and why there may be more. @public */
export type SeenCount = z.output<typeof seenCountSchema>;

/** What somebody can do in a space, most powerful first. @public */
export const accessLevelSchema = z.enum(['admin', 'edit', 'view', 'other']);

/** What somebody can do in a space. @public */
export type AccessLevel = z.output<typeof accessLevelSchema>;
