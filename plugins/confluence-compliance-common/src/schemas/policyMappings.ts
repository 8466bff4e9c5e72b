// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { pageRecordSchema } from './directory';
import { reasonSchema } from './words';

const entered = z.string().trim().min(1).max(255);
const pageId = entered.regex(
  /^[0-9]{1,20}$/,
  'must be the id of a page: the number in its address',
);
const label = entered
  .toLowerCase()
  .regex(/^\S+$/, 'must be one label, which has no spaces');

/** How the page of a policy is found: by id, by label, or by space and title. @public */
export const policyPageRuleSchema = z.discriminatedUnion(
  'by',
  [
    z.strictObject({ by: z.literal('id'), id: pageId }),
    z.strictObject({ by: z.literal('label'), label }),
    z.strictObject({
      by: z.literal('title'),
      /** Key of the space. */
      space: entered,
      title: entered,
    }),
  ],
  'must be id with id, label with label, or title with space and title',
);

/** How the page of a policy is found: by id, by label, or by space and title. @public */
export type PolicyPageRule = z.output<typeof policyPageRuleSchema>;

/** Entity ref of a group whom a policy concerns. @public */
export const groupRefSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^group:[\w.-]{1,63}\/[\w.-]{1,63}$/,
    'must be a group of the catalog, such as group:default/staff',
  );

/** Which page a policy is mapped to in the portal, and whom it concerns. @public */
export const policyMappingInputSchema = z.strictObject({
  connection: entered,
  page: policyPageRuleSchema,
  /** Refs of the groups who are to acknowledge it; default nobody. */
  acknowledgedBy: z
    .array(groupRefSchema)
    .max(50)
    .overwrite(refs => [...new Set(refs)])
    .optional(),
});

/** Which page a policy is mapped to in the portal, and whom it concerns. @public */
export type PolicyMappingInput = z.output<typeof policyMappingInputSchema>;

/** Asks which pages a rule finds, in one of three ways. @public */
export const policyPagesQuerySchema = z
  .strictObject({
    connection: entered,
    id: pageId.optional(),
    label: label.optional(),
    space: entered.optional(),
    title: entered.optional(),
  })
  .refine(
    ({ id, label: named, space, title }) =>
      [id, named, space && title].filter(Boolean).length === 1 &&
      !space === !title,
    'name the page in one way: by id, by label, or by space and title',
  );

/** Asks which pages a rule finds, in one of three ways. @public */
export type PolicyPagesQuery = z.input<typeof policyPagesQuerySchema>;

/** What a rule finds at this moment. @public */
export const policyPagesSchema = z.object({
  /** At most ten, whatever their status; exactly one must be current. */
  pages: z.array(pageRecordSchema),
  /** How many are current, at most a hundred. */
  current: z.number().int(),
  /** Why others may be there that were not read. */
  unknown: reasonSchema.optional(),
});

/** What a rule finds at this moment. @public */
export type PolicyPages = z.output<typeof policyPagesSchema>;
