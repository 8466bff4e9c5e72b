// SPDX-License-Identifier: Apache-2.0
import {
  type Account,
  type Page,
  type Sandbox,
  type Space,
  type SpaceGrant,
  titleOf,
} from '@confluence-compliance/atlassian-sandbox';
import { LABELS, type Rows } from './rig';

function classOf(account: Account): string {
  if (account.type === 'app') {
    return 'app';
  }
  if (account.guest || account.type === 'customer') {
    return 'guest';
  }
  return account.emailVisible &&
    account.email.endsWith('@serviceaccount.atlassian.com')
    ? 'service'
    : 'person';
}

function isListed(account: Account): boolean {
  return account.groups.size > 0 || account.status === 'active';
}

function restrictionOf(page: Page) {
  if (page.read) {
    return { read: 'own', from: null };
  }
  for (let at = page.parent; at; at = at.parent) {
    if (at.read) {
      return { read: 'inherited', from: String(at.id) };
    }
  }
  return { read: 'open', from: null };
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

/**
 * What the history must hold of the sandbox's world, worked out from the world
 * itself and not from any answer.
 *
 * @param known - accounts that were seen before and are looked up still
 */
export function expectedRows(
  { world }: Sandbox,
  { known = [], labels = LABELS }: { known?: string[]; labels?: string[] } = {},
): Record<string, Rows> {
  const rows: Record<string, Rows> = {
    accounts: {},
    groups: {},
    memberships: {},
    spaces: {},
    grants: {},
    pages: {},
    labels: {},
    restrictions: {},
  };
  for (const account of world.accounts.values()) {
    if (isListed(account) || known.includes(account.accountId)) {
      rows.accounts[account.accountId] = {
        accountType: account.type,
        accountStatus: account.status,
        class: classOf(account),
        listed: isListed(account),
      };
    }
  }
  for (const group of world.groups.values()) {
    const { id: groupId, name, managedBy, usageType } = group;
    rows.groups[groupId] = { name, managedBy, usageType };
    for (const { accountId } of group.members) {
      rows.memberships[`${groupId}/${accountId}`] = { groupId, accountId };
    }
  }
  for (const space of world.spaces.values()) {
    if (!world.hiddenSpaces.has(space)) {
      const { key, name, type, status } = space;
      rows.spaces[String(space.id)] = { key, name, type, status };
      addGrants(rows, world, space);
    }
  }
  for (const page of world.pages.values()) {
    if (!world.hiddenSpaces.has(page.space)) {
      addPage(rows, page, labels);
    }
  }
  return rows;
}

function grantsOf(world: Sandbox['world'], space: Space) {
  const roleOf = (grant: SpaceGrant) =>
    space.assignments.find(
      ({ principalType, principalId }) =>
        principalType === grant.principalType &&
        principalId === grant.principalId,
    )?.role.name ?? null;
  return world.roleModeOf() === 'ROLES'
    ? space.roleGrants.map(grant => ({ grant, role: roleOf(grant) }))
    : space.grants.map(grant => ({ grant, role: null }));
}

function addGrants(
  rows: Record<string, Rows>,
  world: Sandbox['world'],
  space: Space,
) {
  const spaceId = String(space.id);
  for (const { grant, role } of grantsOf(world, space)) {
    const { principalId, key: operation, targetType: target } = grant;
    const principalType =
      grant.principalType === 'user' ? 'account' : grant.principalType;
    const named = { spaceId, principalType, principalId, operation, target };
    rows.grants[Object.values(named).join('/')] = { ...named, role };
  }
}

function addPage(rows: Record<string, Rows>, page: Page, labels: string[]) {
  const pageId = String(page.id);
  rows.pages[pageId] = {
    spaceId: String(page.space.id),
    title: titleOf(page),
    status: page.status,
    parentId: page.parent ? String(page.parent.id) : null,
    ownerId: page.owner.accountId,
    version: page.version,
    versionAt: isoTime(page.modifiedAt),
    versionBy: page.editor.accountId,
  };
  if (page.status !== 'current') {
    return;
  }
  for (const label of labels) {
    if (page.labels?.includes(label)) {
      rows.labels[`${label}/${pageId}`] = { pageId, label };
      rows.restrictions[pageId] = restrictionOf(page);
    }
  }
}
