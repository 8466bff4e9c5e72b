// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { listQuerySchema, pageSchema } from './lists';
import { reasonSchema, timeSchema } from './words';

/** Progress and outcome of one dataset in a sync run. @public */
export const runDatasetSchema = z.object({
  dataset: z.string(),
  state: z.enum(['waiting', 'running', 'complete', 'partial', 'failed']),
  /** Of pages: whether they were read whole or only the newest; absent in runs of earlier versions. */
  mode: z.enum(['full', 'incremental']).optional(),
  containers: z.object({
    done: z.number().int(),
    /** Known so far; grows while groups and spaces are still being read. */
    total: z.number().int(),
  }),
  rows: z.number().int(),
  /** What Confluence said there should be, where it says so. */
  expected: z.number().int().optional(),
  /** Records that could not be read. */
  malformed: z.number().int(),
  /** The distinct reasons of containers that are not complete, at most ten. */
  reasons: z.array(reasonSchema),
});

/** Progress and outcome of one dataset in a sync run. @public */
export type RunDataset = z.output<typeof runDatasetSchema>;

/** A container whose shrink was refused until somebody accepts it. @public */
export const refusedShrinkSchema = z.object({
  readId: z.string(),
  dataset: z.string(),
  container: z.string(),
  missing: z.number().int(),
  of: z.number().int(),
  acceptedBy: z.string().optional(),
});

/** One pass over the due datasets of a connection. @public */
export const runSchema = z.object({
  id: z.string(),
  connection: z.string(),
  trigger: z.enum(['schedule', 'manual']),
  state: z.enum(['running', 'paused', 'published', 'failed']),
  /** Why it is paused or failed. */
  reason: reasonSchema.optional(),
  startedAt: timeSchema,
  finishedAt: timeSchema.optional(),
  /** When a paused run goes on by itself. */
  resumeAt: timeSchema.optional(),
  /** The revision it published; absent when nothing changed. */
  revision: z.number().int().optional(),
  opened: z.number().int(),
  changed: z.number().int(),
  removed: z.number().int(),
  /** HTTP requests to Atlassian. */
  requests: z.number().int(),
  /** Rate-limit points these requests are counted with. */
  points: z.number().int(),
  datasets: z.array(runDatasetSchema),
  refused: z.array(refusedShrinkSchema),
});

/** One pass over the due datasets of a connection. @public */
export type Run = z.output<typeof runSchema>;

/** Runs are listed newest first. @public */
export const runsQuerySchema = listQuerySchema.pick({
  cursor: true,
  limit: true,
});

/** Somebody's word that a refused shrink is right. @public */
export const acceptShrinkSchema = z.object({
  readId: z.string().min(1).max(64),
  reason: z.string().trim().min(1).max(2000),
});

/** One row that accepting a refused shrink would close. @public */
export const refusedRowSchema = z.object({
  dataset: z.string(),
  container: z.string(),
  key: z.string(),
  /** Who or what it is about. */
  subject: z.object({
    kind: z.enum(['account', 'group', 'space', 'page', 'other']),
    id: z.string(),
    /** Its name, where it is known and may be said. */
    title: z.string().optional(),
  }),
  /** What else tells it apart, such as what is granted; as Atlassian says it. */
  detail: z.string().optional(),
});

/** One row that accepting a refused shrink would close. @public */
export type RefusedRow = z.output<typeof refusedRowSchema>;

/** The rows that accepting a refused shrink would close; none once it was accepted. @public */
export const refusedPageSchema = pageSchema(refusedRowSchema).extend({
  /** The permissions without which names are left out on this page. */
  namesNeed: z.array(z.string()),
});

/** The rows that accepting a refused shrink would close. @public */
export type RefusedPage = z.output<typeof refusedPageSchema>;

/** Parameters of what a refused shrink would close. @public */
export const refusedQuerySchema = listQuerySchema
  .pick({ cursor: true, limit: true })
  .extend({ readId: z.string().min(1).max(64) });
