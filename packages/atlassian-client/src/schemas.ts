// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type {
  ConfluenceGroup,
  ConfluenceLabel,
  ConfluencePage,
  ConfluenceSpace,
  ConfluenceSystemInfo,
  ConfluenceUser,
  ConfluenceVersion,
  LabelledPage,
  ReadRestriction,
} from './types';

/** Ids are texts, but numbers are seen where an older part of Confluence answers. */
const id = z.union([
  z.string().min(1),
  z
    .number()
    .int()
    .transform(value => String(value)),
]);

/** `null` and what is missing are the same to us. */
function optional<T extends z.ZodType>(schema: T) {
  return schema
    .nullable()
    .transform(value => value ?? undefined)
    .optional();
}

/** As `optional`, where an empty text also means "not told". */
const optionalText = z
  .string()
  .nullable()
  .transform(value => value || undefined)
  .optional();

/** A path below the site's `/wiki`. Whatever could lead elsewhere is dropped. */
const links = z
  .object({
    webui: z
      .string()
      .regex(/^\/(?![/\\])/)
      .optional()
      .catch(undefined),
  })
  .optional()
  .catch(undefined);

function withWebui<T extends { _links?: { webui?: string } }>(record: T) {
  const { _links, ...rest } = record;
  return { ...rest, webui: _links?.webui };
}

export const userSchema: z.ZodType<ConfluenceUser> = z.object({
  accountId: z.string().min(1),
  type: optionalText,
  accountType: optionalText,
  accountStatus: optionalText,
  displayName: optionalText,
  publicName: optionalText,
  email: optionalText,
  isGuest: optional(z.boolean()),
  isExternalCollaborator: optional(z.boolean()),
  timeZone: optionalText,
  personalSpaceId: optional(id),
});

/** A hit of the user search wraps the user. */
export const userHitSchema: z.ZodType<ConfluenceUser> = z
  .object({ user: userSchema })
  .transform(hit => hit.user);

export const groupSchema: z.ZodType<ConfluenceGroup> = z.object({
  id: z.string().min(1),
  name: z.string(),
  usageType: optionalText,
  managedBy: optionalText,
});

export const spaceSchema: z.ZodType<ConfluenceSpace> = z
  .object({
    id,
    key: z.string().min(1),
    name: z.string(),
    type: optionalText,
    status: optionalText,
    authorId: optionalText,
    spaceOwnerId: optionalText,
    createdAt: optionalText,
    homepageId: optional(id),
    currentActiveAlias: optionalText,
    _links: links,
  })
  .transform(withWebui);

const versionSchema: z.ZodType<ConfluenceVersion> = z.object({
  number: z.number().int(),
  authorId: optionalText,
  createdAt: optionalText,
  minorEdit: optional(z.boolean()),
});

export const pageSchema: z.ZodType<ConfluencePage> = z
  .object({
    id,
    status: z.string().min(1),
    title: z.string(),
    spaceId: id,
    parentId: optional(id),
    parentType: optionalText,
    authorId: optionalText,
    ownerId: optionalText,
    lastOwnerId: optionalText,
    subtype: optionalText,
    createdAt: optionalText,
    version: versionSchema,
    _links: links,
  })
  .transform(withWebui);

export const labelSchema: z.ZodType<ConfluenceLabel> = z.object({
  id,
  name: z.string().min(1),
  prefix: optionalText,
});

export const systemInfoSchema: z.ZodType<ConfluenceSystemInfo> = z.object({
  cloudId: z.string().min(1),
  edition: optionalText,
  siteTitle: optionalText,
});

const subjectsSchema = z.object({
  results: z.array(z.unknown()),
  limit: optional(z.number()),
});

/** What one answer tells of a restriction. */
export interface RestrictionPart {
  accountIds: string[];
  groupIds: string[];
  /** How many subjects there were, readable to us or not. */
  found: number;
  /** Whether a list fills its page, so that there may be more. */
  full: boolean;
}

export const restrictionPartSchema: z.ZodType<RestrictionPart> = z
  .object({
    restrictions: z.object({ user: subjectsSchema, group: subjectsSchema }),
  })
  .transform(({ restrictions: { user, group } }) => ({
    accountIds: readEach(user.results, accountIdSchema),
    groupIds: readEach(group.results, groupIdSchema),
    found: user.results.length + group.results.length,
    full: isFull(user) || isFull(group),
  }));

/**
 * Joins what the answers tell, in their order. A subject we cannot read still restricts: it makes
 * the lists incomplete, never the page open.
 */
export function joinRestrictionParts(
  parts: RestrictionPart[],
): ReadRestriction {
  const accountIds = parts.flatMap(part => part.accountIds);
  const groupIds = parts.flatMap(part => part.groupIds);
  const found = parts.reduce((sum, part) => sum + part.found, 0);
  return {
    restricted: found > 0,
    accountIds: [...new Set(accountIds)],
    groupIds: [...new Set(groupIds)],
    complete:
      accountIds.length + groupIds.length === found && !parts.at(-1)?.full,
  };
}

const accountIdSchema = z
  .object({ accountId: z.string().min(1) })
  .transform(user => user.accountId);
const groupIdSchema = z
  .object({ id: z.string().min(1) })
  .transform(group => group.id);

function readEach<T>(values: unknown[], schema: z.ZodType<T>): T[] {
  return values.flatMap(value => {
    const parsed = schema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
}

/** A list that fills its page may have been cut, and one that hides its page size as well. */
function isFull(list: z.output<typeof subjectsSchema>): boolean {
  return list.results.length > 0 && list.results.length >= (list.limit ?? 0);
}

export const labelledPageSchema: z.ZodType<LabelledPage> = z
  .object({
    id,
    status: optionalText,
    title: z.string(),
    space: optional(z.object({ id: optional(id), key: optionalText })),
    version: optional(
      z.object({
        number: z.number().int(),
        when: optionalText,
        minorEdit: optional(z.boolean()),
        by: optional(z.object({ accountId: optionalText })),
      }),
    ),
    ancestors: optional(z.array(z.object({ id }))),
    restrictions: z
      .object({ read: restrictionPartSchema })
      .optional()
      .catch(undefined),
    _links: links,
  })
  .transform(page => ({
    id: page.id,
    status: page.status,
    title: page.title,
    spaceId: page.space?.id,
    spaceKey: page.space?.key,
    version: page.version && {
      number: page.version.number,
      authorId: page.version.by?.accountId,
      createdAt: page.version.when,
      minorEdit: page.version.minorEdit,
    },
    ancestorIds: page.ancestors?.map(ancestor => ancestor.id),
    readRestriction:
      page.restrictions && joinRestrictionParts([page.restrictions.read]),
    webui: page._links?.webui,
  }));
