// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { resourceSchema } from './checks';
import { pathStepSchema } from './directory';
import { listQuerySchema } from './lists';
import { accessLevelSchema, accountClassSchema, timeSchema } from './words';

/** When something changed, and how it came out. */
const changeSchema = z.object({
  /** The revision that brought it. */
  revision: z.number().int(),
  /** When that revision was committed. */
  at: timeSchema,
  /** Whether it began, became something else, or ended. */
  kind: z.enum(['opened', 'changed', 'closed']),
  /** The sync run it was seen in, where a run has seen it. */
  run: z.string().optional(),
});

/** What held before and what holds since; absent before the beginning and after the end. */
function beforeAndAfter<T extends z.ZodType>(state: T) {
  return { before: state.optional(), after: state.optional() };
}

const accountStateSchema = z.object({
  /** `active`, `inactive`, `closed`, … as Atlassian says it. */
  status: z.string(),
  class: accountClassSchema,
  listed: z.boolean(),
});

const groupStateSchema = z.object({
  name: z.string(),
  managedBy: z.string(),
  usageType: z.string(),
});

const spaceStateSchema = z.object({
  key: z.string(),
  name: z.string(),
  type: z.string(),
  status: z.string(),
});

const linkStateSchema = z.object({
  /** Ref or id of the person. */
  person: z.string(),
  how: z.string(),
});

const powersSchema = z.object({
  level: accessLevelSchema,
  /** Such as `administer:space`, as Confluence says it. */
  operations: z.array(z.string()),
  /** Name of the role that gives it, where the space has roles. */
  role: z.string().optional(),
});

/** One change in the past of an account, a group or a space. @public */
export const timelineEntrySchema = z.discriminatedUnion('dataset', [
  changeSchema.extend({
    dataset: z.literal('accounts'),
    ...beforeAndAfter(accountStateSchema),
  }),
  changeSchema.extend({
    dataset: z.literal('identity_links'),
    ...beforeAndAfter(linkStateSchema),
  }),
  changeSchema.extend({
    dataset: z.literal('groups'),
    ...beforeAndAfter(groupStateSchema),
  }),
  changeSchema.extend({
    dataset: z.literal('spaces'),
    ...beforeAndAfter(spaceStateSchema),
  }),
  changeSchema.extend({
    dataset: z.literal('memberships'),
    group: pathStepSchema,
    account: pathStepSchema,
  }),
  changeSchema.extend({
    dataset: z.literal('grants'),
    principal: pathStepSchema,
    resource: resourceSchema,
    ...beforeAndAfter(powersSchema),
  }),
]);

/** One change in the past of an account, a group or a space. @public */
export type TimelineEntry = z.output<typeof timelineEntrySchema>;

/** Parameters of what changed, newest first. @public */
export const timelineQuerySchema = listQuerySchema
  .omit({ connection: true })
  .extend({
    /** Only who is in which group, and what is granted. */
    only: z.enum(['access']).optional(),
  });
