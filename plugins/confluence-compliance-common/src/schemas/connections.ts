// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { listQuerySchema } from './lists';
import {
  authMethodSchema,
  capabilitySchema,
  connectionMethodSchema,
  credentialSchema,
  problemSchema,
  userGroupSchema,
} from './credentials';
import { runSchema } from './runs';
import { purposeSchema, reasonSchema, timeSchema } from './words';

/** What a connection last read of one dataset. @public */
export const connectionDatasetSchema = z.object({
  dataset: z.string(),
  state: z.enum(['complete', 'partial', 'unavailable', 'stale', 'never-read']),
  /** Needed by a purpose of this connection, hence for its green tick. */
  required: z.boolean(),
  rows: z.number().int(),
  containers: z.object({
    total: z.number().int(),
    complete: z.number().int(),
  }),
  readAt: timeSchema.optional(),
  /** When all its containers were last complete. */
  completeAt: timeSchema.optional(),
  reasons: z.array(reasonSchema),
});

/** What a connection last read of one dataset. @public */
export type ConnectionDataset = z.output<typeof connectionDatasetSchema>;

/** What of the audit log of a site was read, without anybody's name. @public */
export const auditCoverageSchema = z.object({
  /** Everything until here was read. */
  readTo: timeSchema,
  /** Time of the oldest record that was seen; absent when there was none. */
  reachesTo: timeSchema.optional(),
  /** Time of the newest record of any kind. */
  newestAt: timeSchema.optional(),
  /** Time of the newest record that says that somebody's access has changed. */
  accessAt: timeSchema.optional(),
  /** Such records in the last read; absent where they cannot be told, as in another language. */
  accessEvents: z.number().int().optional(),
});

/** What of the audit log of a site was read, without anybody's name. @public */
export type AuditCoverage = z.output<typeof auditCoverageSchema>;

/**
 * How a connection stands. `setting-up`: made in the portal, not begun. `disabled`: nothing is read
 * until it is enabled. `reconnect`: a person must connect it again. `ended`: deleted, its history is
 * kept and only read.
 *
 * @public
 */
export const connectionStateSchema = z.enum([
  'setting-up',
  'never-synced',
  'syncing',
  'connected',
  'partial',
  'failed',
  'reconnect',
  'disabled',
  'ended',
]);

/** One Confluence site. Never carries a secret. @public */
export const connectionSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** Address of the site; absent until one of a grant is chosen. */
  site: z.string().optional(),
  /** From config it is read-only in the portal. */
  origin: z.enum(['config', 'portal']),
  /** Entity ref of who made it in the portal, and when. */
  madeBy: z.string().optional(),
  madeAt: timeSchema.optional(),
  owner: z.string().optional(),
  purposes: z.array(purposeSchema),
  methods: z.array(connectionMethodSchema),
  /** The Atlassian organization behind it; absent where no key was given. */
  organization: z
    .object({ id: z.string(), credential: credentialSchema })
    .optional(),
  /** The group that holds its licensed population; absent: everybody counts. */
  userGroup: userGroupSchema.optional(),
  /** What it can read, one row per dataset; empty before it was tested or read. */
  capabilities: z.array(capabilitySchema),
  state: connectionStateSchema,
  reason: problemSchema.optional(),
  endedAt: timeSchema.optional(),
  /** When its first run was published, of those that are kept: nothing is known of the days before. */
  knownSince: timeSchema.optional(),
  /** Connected, and every required dataset has all its containers complete. */
  greenTick: z.boolean(),
  /** Sync now was asked for and has not started yet. */
  syncRequested: z.boolean(),
  datasets: z.array(connectionDatasetSchema),
  /** Absent before its audit log was first read. */
  audit: auditCoverageSchema.optional(),
  activeRun: runSchema.optional(),
  /** The last run that ended. */
  lastRun: runSchema.optional(),
  nextRunAt: timeSchema.optional(),
  /** Seconds from one read of a dataset to the next; `pagesFull` is that of whole reads of pages. */
  cadence: z.record(z.string(), z.number()).optional(),
});

/** One Confluence site. Never carries a secret. @public */
export type Connection = z.output<typeof connectionSchema>;

/** Under whose rights something was read. @public */
export const readScopeSchema = z.object({
  /** The credential that read it: a method, or the key of the organization. Absent where nobody noted it. */
  method: z.enum([...authMethodSchema.options, 'organization']).optional(),
  /** The account whose eyes saw it; absent where the credential may not ask whose it is. */
  accountId: z.string().optional(),
  /** Whether the connection reads under it now. */
  current: z.boolean(),
});

/** Under whose rights something was read. @public */
export type ReadScope = z.output<typeof readScopeSchema>;

/** State of one container of a connection. @public */
export const containerSchema = z.object({
  dataset: z.string(),
  container: z.string(),
  /** Name of the group or space, where it is one. */
  title: z.string().optional(),
  presence: z.enum(['present', 'not-visible', 'gone']),
  outcome: z.enum(['complete', 'partial', 'not-visible', 'failed']),
  reason: reasonSchema.optional(),
  /** Records that the last read of all of it has fetched. */
  rows: z.number().int(),
  /** Records that there should have been in the last read, where Atlassian says so. */
  expected: z.number().int().optional(),
  readAt: timeSchema,
  /** When all of it was last read. */
  completeAt: timeSchema.optional(),
  /** Under whose rights all of it was last read. */
  scope: readScopeSchema,
  /** Records that only another scope has seen: they are neither seen nor gone. */
  outOfScope: z.number().int(),
});

/** State of one container of a connection. @public */
export type ContainerReport = z.output<typeof containerSchema>;

/** Parameters of the containers of a connection. @public */
export const containersQuerySchema = listQuerySchema
  .pick({ cursor: true, limit: true })
  .extend({
    /** Only containers that are not complete, or not visible any more. */
    incomplete: z.enum(['true', 'false']).default('false'),
  });
