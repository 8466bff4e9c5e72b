// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { attestationSchema } from './attestations';
import {
  exceptableVerdictSchema,
  exceptedSchema,
  findingExceptionSchema,
} from './excepted';
import { findingFilterFields, findingLifeFields } from './findings';
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
  /** What the control is about, in a few words of our own. */
  title: z.string().optional(),
  /** Read against the text of the standard by a person. */
  reviewed: z.boolean(),
  /** It only speaks of a Confluence that holds cardholder data, or of what a business associate may do. */
  conditional: z.enum(['pci-scope', 'business-associate']).optional(),
});

/** Data that would sharpen the verdicts of a check and is not there, or not all of it. @public */
export const missingDataSchema = z.object({
  dataset: z.string(),
  connection: z.string(),
  reason: reasonSchema,
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

/** The last run of a check, or the one that was asked for. @public */
export const checkRunSchema = z.object({
  /**
   * `waiting` starts by itself in a moment; `interrupted` was stopped in the middle, published nothing and
   * begins again by itself.
   */
  state: z.enum(['waiting', 'running', 'interrupted', 'published', 'failed']),
  requestedAt: timeSchema.optional(),
  startedAt: timeSchema.optional(),
  finishedAt: timeSchema.optional(),
  /** How many subjects the run has judged. */
  judged: z.number().int().optional(),
  /** How many had a result before it; there may be more or fewer now. Absent on the first run. */
  expected: z.number().int().optional(),
});

/** The last run of a check, or the one that was asked for. @public */
export type CheckRun = z.output<typeof checkRunSchema>;

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
  /** What of `improves` is not whole: the verdicts stand without it. */
  missing: z.array(missingDataSchema),
  controls: z.array(controlSchema),
  howToFix: z.array(z.string()),
  /**
   * Whether it can be judged at all: `ready`; `needs-organization-key` while no connection has one;
   * `attestation` where somebody must say so; `later` where it is not built yet.
   */
  state: z.enum(['ready', 'needs-organization-key', 'attestation', 'later']),
  parameters: z.record(z.string(), z.unknown()),
  /**
   * How often it runs on its own, as an ISO 8601 duration such as `PT6H`; it also runs after each sync.
   * Absent where it never runs.
   */
  every: z.string().optional(),
  /** When it runs next at the latest; absent before it ran. In the past where it is due now. */
  nextRunAt: timeSchema.optional(),
  /** Fail, else warning, else unknown when anything is unknown or incomplete, else pass. */
  verdict: verdictSchema,
  /** Why the verdict is unknown, where it is. */
  reason: reasonSchema.optional(),
  counts: checkCountsSchema,
  /** How many of those that fail or warn are excepted now; `counts` has them, too. */
  excepted: z.record(exceptableVerdictSchema, z.number().int()),
  lastRunAt: timeSchema.optional(),
  /** The revision that its results were judged at. */
  revision: z.number().int().optional(),
  running: z.boolean(),
  /** Absent before it ran or was asked to. */
  run: checkRunSchema.optional(),
  /** What was attested last on each connection; of checks of the state `attestation` only. */
  attested: z
    .array(
      z.object({
        connection: z.string(),
        /** Absent before anybody did. */
        attestation: attestationSchema.optional(),
      }),
    )
    .optional(),
});

/** Parameters of the list of checks. @public */
export const checksQuerySchema = listQuerySchema.pick({ connection: true });

/** A rule and where it stands. @public */
export type Check = z.output<typeof checkSchema>;

/** What a finding or a grant is about. @public */
export const resourceSchema = z.object({
  /** `site:<connection>`, `space:<space id>`, `page:<page id>`, `policy:<id>`. */
  ref: z.string(),
  kind: z.enum(['site', 'space', 'page', 'policy']),
  connection: z.string(),
  /** Key of the space, where it is one. */
  key: z.string().optional(),
  title: z.string(),
  entityRef: z.string().optional(),
});

/** What a finding or a grant is about. @public */
export type Resource = z.output<typeof resourceSchema>;

/** A verdict that needs somebody. @public */
export const findingSchema = z.object({
  ...findingLifeFields,
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
  /** The account it is about, where that is not the subject itself. */
  account: z
    .object({
      connection: z.string(),
      accountId: z.string(),
      name: z.string().optional(),
      entityRef: z.string().optional(),
    })
    .optional(),
  /** The site, space, page or policy it is about. */
  resource: resourceSchema.optional(),
  facts: z.array(
    z.object({ name: z.string(), value: z.string(), source: z.string() }),
  ),
  /** Since when it has had no other verdict than those of findings. */
  since: timeSchema,
  /** The exception of it that waits or is live. */
  exception: findingExceptionSchema.optional(),
  revision: z.number().int(),
});

/** A verdict that needs somebody. @public */
export type Finding = z.output<typeof findingSchema>;

/** Parameters of the list of findings. @public */
export const findingsQuerySchema = listQuerySchema.extend({
  ...findingFilterFields,
  check: z.string().min(1).max(100).optional(),
  verdict: verdictSchema.optional(),
  /** Account id, space id, … of the subject. */
  subject: z.string().min(1).max(255).optional(),
  /** Id of the account it is about. */
  account: z.string().min(1).max(255).optional(),
  /** Such as `space:65537`, as in `resource.ref` of a finding. */
  resource: z.string().min(1).max(255).optional(),
  /** What is unknown is never excepted. */
  excepted: exceptedSchema.default('all'),
  sort: sortSchema(['severity']).default('-severity'),
});

/** Parameters of the trend of findings. @public */
export const trendQuerySchema = listQuerySchema
  .pick({ connection: true })
  .extend({
    /** Id of the check that the findings are of. Default all. */
    check: z.string().min(1).max(100).optional(),
    days: z.coerce.number<number | string>().int().min(1).max(366).default(90),
  });

/** Findings that stood open at the end of a day, in UTC; the last point is now. @public */
export const trendPointSchema = z.object({
  at: timeSchema,
  /** Failing and warning, by severity. */
  open: z.record(severitySchema, z.number().int()),
  /** How many of these were excepted then; absent where none was. */
  excepted: z.record(severitySchema, z.number().int()).optional(),
  /** Verdicts that could not be given. */
  unknown: z.number().int(),
});

/** Findings that stood open at the end of a day. @public */
export type TrendPoint = z.output<typeof trendPointSchema>;

/**
 * One point a day, oldest first; days before anything was judged, or before the check was that is asked
 * for, are left out.
 *
 * @public
 */
export const trendSchema = z.object({ points: z.array(trendPointSchema) });

/** One point a day, oldest first. @public */
export type Trend = z.output<typeof trendSchema>;
