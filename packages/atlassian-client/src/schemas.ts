// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import {
  id,
  idText,
  links,
  optional,
  optionalText,
  withWebui,
  word,
} from './fields';
import { readRecords } from './records';
import { joinRestrictionParts, restrictionPartSchema } from './restrictions';
import type {
  ConfluenceGroup,
  ConfluenceLabel,
  ConfluencePage,
  ConfluencePageText,
  ConfluenceSpace,
  ConfluenceSystemInfo,
  ConfluenceUser,
  ConfluenceVersion,
  FoundContent,
  LabelledPage,
  SpacePermission,
  SpaceWithPermissions,
} from './types';

export const userSchema: z.ZodType<ConfluenceUser> = z.object({
  accountId: idText,
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
  id: idText,
  name: z.string(),
  usageType: optionalText,
  managedBy: optionalText,
});

const spaceFields = z.object({
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
});

export const spaceSchema: z.ZodType<ConfluenceSpace> =
  spaceFields.transform(withWebui);

export const spacePermissionSchema: z.ZodType<SpacePermission> = z.object({
  id,
  principal: z.object({ type: word, id }),
  operation: z.object({ key: word, targetType: word }),
});

/** Only a list that says there is no more of it is one that tells all. */
export const spaceWithPermissionsSchema: z.ZodType<SpaceWithPermissions> =
  spaceFields
    .extend({
      permissions: z.object({
        results: z.array(z.unknown()),
        meta: z.object({ hasMore: z.boolean() }),
      }),
    })
    .transform(({ permissions: { results, meta }, ...space }) => {
      const { items, malformed } = readRecords(results, spacePermissionSchema);
      return {
        ...withWebui(space),
        permissions: items,
        permissionsComplete: !meta.hasMore && malformed.length === 0,
      };
    });

const versionSchema: z.ZodType<ConfluenceVersion> = z.object({
  number: z.number().int(),
  authorId: optionalText,
  createdAt: optionalText,
  minorEdit: optional(z.boolean()),
});

const pageFields = z.object({
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
});

export const pageSchema: z.ZodType<ConfluencePage> =
  pageFields.transform(withWebui);

export const pageTextSchema: z.ZodType<ConfluencePageText> = pageFields
  .extend({ body: z.object({ storage: z.object({ value: z.string() }) }) })
  .transform(({ body, ...page }) => ({
    page: withWebui(page),
    storage: body.storage.value,
  }));

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

/** A restriction that is not told, or not as we know it, is absent. */
const restrictionsSchema = z
  .object({ read: restrictionPartSchema })
  .transform(({ read }) => joinRestrictionParts([read]))
  .optional()
  .catch(undefined);

export const foundContentSchema: z.ZodType<FoundContent> = z
  .object({
    id,
    type: optionalText,
    status: optionalText,
    restrictions: restrictionsSchema,
  })
  .transform(({ restrictions, ...content }) => ({
    ...content,
    readRestriction: restrictions,
  }));

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
    restrictions: restrictionsSchema,
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
    readRestriction: page.restrictions,
    webui: page._links?.webui,
  }));
