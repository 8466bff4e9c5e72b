// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { accountClassSchema } from './words';

/** What the changes feed speaks of. @public */
export const subjectKindSchema = z.enum([
  'site',
  'space',
  'account',
  'group',
  'page',
]);

/** What the changes feed speaks of. @public */
export type SubjectKind = z.output<typeof subjectKindSchema>;

const base = {
  connection: z.string(),
  /** Account, group, space or page id; the connection id for a site. */
  id: z.string(),
  /** Stable entity name, given at first sight, never changed or reused. */
  name: z.string(),
  revision: z.number().int(),
};

/** A subject that is not there any more. @public */
export const goneSubjectSchema = z.object({
  ...base,
  kind: subjectKindSchema,
  gone: z.literal(true),
});

const present = { ...base, gone: z.literal(false) };

/** A site as it is now. @public */
export const siteSubjectSchema = z.object({
  ...present,
  kind: z.literal('site'),
  state: z.object({ title: z.string(), site: z.string() }),
});

/** An account as it is now. @public */
export const accountSubjectSchema = z.object({
  ...present,
  kind: z.literal('account'),
  state: z.object({
    /** Display name, or the account id where none is known. */
    title: z.string(),
    accountType: z.string(),
    accountStatus: z.string(),
    class: accountClassSchema,
    listed: z.boolean(),
    /** Entity names of its groups; groups above the relation limit are left out. */
    groups: z.array(z.object({ id: z.string(), name: z.string() })),
    /** Entity ref or id of the person it is linked to. */
    person: z.string().optional(),
  }),
});

/** A group as it is now; its members are told by the accounts. @public */
export const groupSubjectSchema = z.object({
  ...present,
  kind: z.literal('group'),
  state: z.object({
    title: z.string(),
    managedBy: z.string(),
    usageType: z.string(),
    members: z.number().int(),
  }),
});

/** A space as it is now. @public */
export const spaceSubjectSchema = z.object({
  ...present,
  kind: z.literal('space'),
  state: z.object({
    title: z.string(),
    key: z.string(),
    type: z.string(),
    status: z.string(),
  }),
});

/** A page as it is now, without its body. @public */
export const pageSubjectSchema = z.object({
  ...present,
  kind: z.literal('page'),
  state: z.object({
    title: z.string(),
    status: z.string(),
    space: z.object({
      id: z.string(),
      name: z.string(),
      key: z.string().optional(),
      type: z.string().optional(),
    }),
    labels: z.array(z.string()),
    restriction: z.enum(['open', 'own', 'inherited', 'unknown']),
    version: z.number().int(),
    versionAt: z.string().optional(),
  }),
});

/** The present state of a subject, or that it is gone. @public */
export const subjectChangeSchema = z.union([
  goneSubjectSchema,
  z.discriminatedUnion('kind', [
    siteSubjectSchema,
    accountSubjectSchema,
    groupSubjectSchema,
    spaceSubjectSchema,
    pageSubjectSchema,
  ]),
]);

/** The present state of a subject, or that it is gone. @public */
export type SubjectChange = z.output<typeof subjectChangeSchema>;

/** Parameters of the changes feed. @public */
export const changesQuerySchema = z.object({
  /** Position after which to read, from `next` of the page before; absent for everything. */
  since: z.string().min(1).max(512).optional(),
  limit: z.coerce.number<number | string>().int().min(1).max(500).default(500),
});

/** One page of the changes feed: each subject once, as it is now. @public */
export const changesSchema = z.object({
  items: z.array(subjectChangeSchema),
  /** Position to ask from next time. */
  next: z.string(),
  head: z.number().int(),
  more: z.boolean(),
});

/** One page of the changes feed. @public */
export type Changes = z.output<typeof changesSchema>;

/** How far a consumer of the feed has come. @public */
export const consumerSchema = z.object({
  /** Absent before the first complete pass. */
  position: z.string().max(512).optional(),
  /** Of version, options and transformers: another one asks for the whole snapshot. */
  fingerprint: z.string().max(256),
});

/** How far a consumer of the feed has come. @public */
export type Consumer = z.output<typeof consumerSchema>;

/** Answer to a question for a consumer; empty when it has never been here. @public */
export const consumerAnswerSchema = z.object({
  consumer: consumerSchema.optional(),
});
