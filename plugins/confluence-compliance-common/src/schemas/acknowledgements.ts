// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { listQuerySchema } from './lists';
import { timeSchema } from './words';

/** How many have acknowledged a policy, of those whom it concerns. @public */
export const acknowledgedSchema = z.object({
  people: z.number().int().min(0),
  acknowledged: z.number().int().min(0),
  /** False while a group has not been read, or no version is approved: the numbers then say little. */
  known: z.boolean(),
});

/** How many have acknowledged a policy, of those whom it concerns. @public */
export type Acknowledged = z.output<typeof acknowledgedSchema>;

/** A group whom a policy concerns. @public */
export const acknowledgingGroupSchema = acknowledgedSchema.extend({
  /** Entity ref. */
  group: z.string(),
  /** When its members were last read from the catalog. */
  readAt: timeSchema.optional(),
  /** Why they are not known: a stable code. */
  unknown: z.enum(['not-read', 'not-found', 'old']).optional(),
});

/** A group whom a policy concerns. @public */
export type AcknowledgingGroup = z.output<typeof acknowledgingGroupSchema>;

/** The version of a page that is to be acknowledged. @public */
export const acknowledgeableSchema = z.object({
  pageId: z.string(),
  /** The newest approved version. */
  version: z.number().int(),
  /** SHA-256 of what stood there, in storage format, as hex. */
  contentHash: z.string(),
  /** Whoever acknowledged this version or a later one has done so: what came after were minor edits. */
  sinceVersion: z.number().int(),
});

/** The version of a page that is to be acknowledged. @public */
export type Acknowledgeable = z.output<typeof acknowledgeableSchema>;

/** Who has acknowledged a policy, and who has not. @public */
export const acknowledgementProgressSchema = acknowledgedSchema.extend({
  /** Absent while no version of its one current page is approved. */
  target: acknowledgeableSchema.optional(),
  groups: z.array(acknowledgingGroupSchema),
  /** Refs of people who have not, in the order of the alphabet; a page of them. */
  missing: z.array(z.string()),
  pageInfo: z.object({ nextCursor: z.string().optional() }),
  /** ISO date in UTC of the last reminder. */
  remindedOn: z.string().optional(),
});

/** Who has acknowledged a policy, and who has not. @public */
export type AcknowledgementProgress = z.output<
  typeof acknowledgementProgressSchema
>;

/** Parameters of who has acknowledged a policy. @public */
export const acknowledgementsQuerySchema = listQuerySchema.pick({
  cursor: true,
  limit: true,
});

/** Acknowledges a version of a page, for oneself. @public */
export const acknowledgeSchema = z.strictObject({
  pageId: z.string().min(1).max(64),
  /** The version that was read; it must still be the approved one. */
  version: z.number().int().min(1),
});

/** Acknowledges a version of a page, for oneself. @public */
export type AcknowledgeInput = z.output<typeof acknowledgeSchema>;

/** That somebody has read a version of a page. @public */
export const acknowledgementSchema = z.object({
  id: z.string(),
  pageId: z.string(),
  version: z.number().int(),
  contentHash: z.string(),
  /** User entity ref. */
  by: z.string(),
  at: timeSchema,
});

/** That somebody has read a version of a page. @public */
export type Acknowledgement = z.output<typeof acknowledgementSchema>;

/** A policy that concerns whoever asks. @public */
export const ownAcknowledgementSchema = z.object({
  policy: z.string(),
  title: z.string(),
  /** Where the page is read in Confluence. */
  url: z.string().optional(),
  target: acknowledgeableSchema,
  /** A newer version that is published and not approved yet: nothing can be acknowledged meanwhile. */
  newer: z.number().int().optional(),
  /** Absent until they have. */
  acknowledgement: acknowledgementSchema.optional(),
});

/** A policy that concerns whoever asks. @public */
export type OwnAcknowledgement = z.output<typeof ownAcknowledgementSchema>;

/** The policies that concern whoever asks. @public */
export const ownAcknowledgementsSchema = z.object({
  items: z.array(ownAcknowledgementSchema),
});

/** The policies that concern whoever asks. @public */
export type OwnAcknowledgements = z.output<typeof ownAcknowledgementsSchema>;

/** How many were reminded. @public */
export const remindedSchema = z.object({ people: z.number().int() });

/** How many were reminded. @public */
export type Reminded = z.output<typeof remindedSchema>;
