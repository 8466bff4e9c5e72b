// SPDX-License-Identifier: Apache-2.0
import { textOf } from '../../world/texts';
import { isoTime, titleOf } from '../../world/titles';
import {
  Account,
  Page,
  RoleAssignment,
  Space,
  SpaceGrant,
  SpaceRole,
} from '../../world/types';
import { labelId } from '../v1/shapes';

export function v2Space(
  space: Space,
  descriptionFormat: string | null,
): Record<string, unknown> {
  return {
    id: String(space.id),
    key: space.key,
    name: space.name,
    type: space.type,
    status: space.status,
    authorId: space.author.accountId,
    spaceOwnerId: space.author.accountId,
    currentActiveAlias: space.key,
    createdAt: isoTime(space.createdAt),
    ...(space.homepageId === undefined
      ? {}
      : { homepageId: String(space.homepageId) }),
    ...(descriptionFormat === 'plain'
      ? {
          description: {
            plain: { representation: 'plain', value: space.description },
          },
        }
      : {}),
    _links: { webui: `/spaces/${space.key}` },
  };
}

export function v2Grant(grant: SpaceGrant): Record<string, unknown> {
  return {
    id: grant.id,
    principal: { type: grant.principalType, id: grant.principalId },
    operation: { key: grant.key, targetType: grant.targetType },
  };
}

export function v2Role(role: SpaceRole): Record<string, unknown> {
  const { id, type, name, description, operations } = role;
  return {
    id,
    type,
    name,
    description,
    spacePermissions: operations.map(([key, target]) => `${key}/${target}`),
  };
}

/** Roles name principals in capital letters, where permissions name them in small ones. */
export function v2Assignment({
  principalType,
  principalId,
  role,
}: RoleAssignment) {
  return {
    principal: {
      principalType: principalType.toUpperCase().replace('-', '_'),
      principalId,
    },
    roleId: role.id,
  };
}

export function v2Label(name: string): Record<string, unknown> {
  return { id: labelId(name), name, prefix: 'global' };
}

export function v2Page(
  page: Page,
  bodyFormat: string | null,
  version = page.version,
): Record<string, unknown> {
  return {
    id: String(page.id),
    status: page.status,
    title: titleOf(page),
    spaceId: String(page.space.id),
    parentId: page.parent ? String(page.parent.id) : null,
    parentType: page.parent ? 'page' : null,
    position: page.id % 1000,
    authorId: page.author.accountId,
    ownerId: page.owner.accountId,
    lastOwnerId: null,
    subtype: null,
    createdAt: isoTime(page.createdAt),
    version: {
      number: version,
      message: '',
      minorEdit: false,
      authorId: page.editor.accountId,
      createdAt: isoTime(page.modifiedAt),
    },
    ...(bodyFormat === 'storage'
      ? {
          body: {
            storage: {
              representation: 'storage',
              value: textOf(page, version),
            },
          },
        }
      : { body: {} }),
    _links: {
      webui: `/spaces/${page.space.key}/pages/${page.id}`,
      editui: `/pages/resumedraft.action?draftId=${page.id}`,
      tinyui: `/x/${page.id.toString(36)}`,
    },
  };
}

export function v2User(account: Account): Record<string, unknown> {
  return {
    displayName: account.displayName,
    publicName: account.publicName,
    email: account.emailVisible ? account.email : '',
    accountId: account.accountId,
    accountType: account.type,
    accountStatus: account.status,
    isExternalCollaborator: account.guest,
    ...(account.timeZone === undefined ? {} : { timeZone: account.timeZone }),
    profilePicture: { path: '/wiki/aa-avatar/default', isDefault: true },
  };
}
