// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { acknowledgedSchema } from './acknowledgements';
import { controlSchema } from './checks';
import { pageRecordSchema } from './directory';
import { findingExceptionSchema } from './excepted';
import { policyMappingInputSchema } from './policyMappings';
import { reasonSchema, timeSchema, verdictSchema } from './words';

/** A version of a page that somebody approved as a policy. @public */
export const policyApprovalSchema = z.object({
  id: z.string(),
  pageId: z.string(),
  version: z.number().int(),
  /** The version changes nothing that matters in the one approved before. */
  minorEdit: z.boolean(),
  /** SHA-256 of what stood on the page, in storage format, as hex. */
  contentHash: z.string(),
  note: z.string().optional(),
  /** User or service ref. */
  by: z.string(),
  at: timeSchema,
});

/** A version of a page that somebody approved as a policy. @public */
export type PolicyApproval = z.output<typeof policyApprovalSchema>;

/** What one check says of a policy. @public */
export const policyCheckSchema = z.object({
  id: z.string(),
  title: z.string(),
  verdict: verdictSchema,
  reason: reasonSchema,
  /** The exception of what fails or warns that waits or is live. */
  exception: findingExceptionSchema.optional(),
});

/** What one check says of a policy. @public */
export type PolicyCheck = z.output<typeof policyCheckSchema>;

/** A document that the organization must have. @public */
export const policySchema = z.object({
  id: z.string(),
  title: z.string(),
  connection: z.string(),
  /** How its page is found, in words. */
  rule: z.string(),
  /** Where its page was chosen. */
  origin: z.enum(['config', 'portal']),
  /** What was chosen in the portal; also where the configuration outweighs it. */
  mapping: policyMappingInputSchema.optional(),
  /** Refs of the groups whom it concerns; absent: nobody. */
  acknowledgedBy: z.array(z.string()).optional(),
  /** How long ago its last review may be: an ISO 8601 duration; absent: what the check says. */
  reviewEvery: z.string().optional(),
  verdict: verdictSchema,
  reason: reasonSchema,
  /** The pages that the rule finds, at most ten; one current page fulfils it. */
  pages: z.array(pageRecordSchema),
  /** The newest approval of its one current page. */
  approval: policyApprovalSchema.optional(),
  /** How many of those whom it concerns have acknowledged it; absent where it concerns nobody. */
  acknowledged: acknowledgedSchema.optional(),
  /** What each check about policies says; not on the cards of the catalog. */
  checks: z.array(policyCheckSchema).optional(),
  /** One of these checks is to run soon or runs: what they say is from before it. */
  checking: z.literal(true).optional(),
  lastRunAt: timeSchema.optional(),
});

/** A document that the organization must have. @public */
export type Policy = z.output<typeof policySchema>;

/** What was looked for in the text of a policy: words of the configuration. @public */
export const policyStructureSchema = z.object({
  /** The version that was read. */
  version: z.number().int(),
  /** Nothing stands there but headings. */
  empty: z.boolean(),
  missingHeadings: z.array(z.string()),
  /** Required headings that nothing stands below. */
  emptyHeadings: z.array(z.string()),
  placeholders: z.array(z.string()),
});

/** What was looked for in the text of a policy: words of the configuration. @public */
export type PolicyStructure = z.output<typeof policyStructureSchema>;

/** A policy with what was approved of it. @public */
export const policyDetailSchema = policySchema.extend({
  /** The newest first, at most a hundred. */
  approvals: z.array(policyApprovalSchema),
  /** Absent where its one current page was not read. */
  structure: policyStructureSchema.optional(),
});

/** A policy with what was approved of it. @public */
export type PolicyDetail = z.output<typeof policyDetailSchema>;

/** A document that frameworks ask for. @public */
export const policyDocumentSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** What it says, in a sentence. */
  about: z.string(),
  /** Of the chosen frameworks only. */
  controls: z.array(
    controlSchema.pick({ framework: true, control: true, reviewed: true }),
  ),
  /** The required policies that are this document; none: nobody has named its page. */
  policies: z.array(z.object({ id: z.string(), title: z.string() })),
});

/** A document that frameworks ask for. @public */
export type PolicyDocument = z.output<typeof policyDocumentSchema>;

/** Approves a version of a page as a policy. @public */
export const policyApprovalInputSchema = z
  .strictObject({
    pageId: z.string().min(1).max(64),
    /** The version that was read; it must still be the published one. */
    version: z.number().int().min(1),
    minorEdit: z.boolean().default(false),
    note: z.string().trim().min(1).max(2000).optional(),
  })
  .refine(({ minorEdit, note }) => !minorEdit || note !== undefined, {
    path: ['note'],
    message: 'say what the minor edit changed',
  });

/** Approves a version of a page as a policy. @public */
export type PolicyApprovalInput = z.input<typeof policyApprovalInputSchema>;

/** A paragraph, heading or item of a list, as text. @public */
export const policyBlockSchema = z.object({
  kind: z.enum(['same', 'added', 'removed']),
  /** 1 to 6 of a heading. */
  heading: z.number().int().optional(),
  text: z.string(),
});

/** A paragraph, heading or item of a list, as text. @public */
export type PolicyBlock = z.output<typeof policyBlockSchema>;

/** What was approved against what is published now. @public */
export const policyDifferenceSchema = z.object({
  pageId: z.string(),
  title: z.string(),
  /** Version, author and time of what is published now, as Confluence says it at this moment. */
  published: z.object({
    version: z.number().int(),
    /** Account id. */
    by: z.string().optional(),
    at: timeSchema.optional(),
  }),
  /** Absent when no version was approved: everything then counts as added. */
  approval: policyApprovalSchema.optional(),
  /** Whether the page is, byte for byte, what was approved. */
  same: z.boolean(),
  /** What the approved version said is not kept any more: all of the page is shown. */
  textGone: z.literal(true).optional(),
  blocks: z.array(policyBlockSchema),
  /** Whether more differs than is shown. */
  truncated: z.boolean(),
});

/** What was approved against what is published now. @public */
export type PolicyDifference = z.output<typeof policyDifferenceSchema>;
