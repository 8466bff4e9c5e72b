// SPDX-License-Identifier: Apache-2.0
import { grantsOf } from './roles';
import {
  Account,
  Group,
  Page,
  Restriction,
  RoleMode,
  Space,
  SpaceGrant,
} from './types';

/** How an account may use the site at all. @public */
export type SiteAccess = 'none' | 'guest' | 'user' | 'admin' | 'site-admin';

const RANK: readonly SiteAccess[] = [
  'none',
  'guest',
  'user',
  'admin',
  'site-admin',
];

/** Whether an account can sign in at all. */
export function isActive(account: Account): boolean {
  return account.status === 'active' && !account.suspended;
}

/** The highest use of the site that the groups of an account give; none when it cannot sign in. @public */
export function siteAccess(account: Account): SiteAccess {
  if (!isActive(account)) return 'none';
  let best: SiteAccess = 'none';
  for (const group of account.groups) {
    if (RANK.indexOf(group.access) > RANK.indexOf(best)) best = group.access;
  }
  return best;
}

/** Anything but a seat by guest group is a licensed user. @public */
export function isLicensed(account: Account): boolean {
  return RANK.indexOf(siteAccess(account)) >= RANK.indexOf('user');
}

/** Whether an account belongs to an access class; whoever is signed out, or may not sign in, is anonymous. */
function belongsTo(account: Account, accessClass: string): boolean {
  switch (accessClass) {
    case 'anonymous-users':
      return true;
    case 'authenticated-users':
      return isActive(account);
    case 'all-licensed-users':
      return isLicensed(account);
    case 'all-product-admins':
      return ['admin', 'site-admin'].includes(siteAccess(account));
    default:
      return false;
  }
}

function isMember(account: Account, groupId: string): boolean {
  for (const { id } of account.groups) if (id === groupId) return true;
  return false;
}

/** The way in which a grant reaches an account, or undefined when it does not. */
function pathOf(account: Account, grant: SpaceGrant): string | undefined {
  const { principalType, principalId } = grant;
  if (principalType === 'access-class')
    return belongsTo(account, principalId)
      ? `access-class:${principalId}`
      : undefined;
  const named =
    principalType === 'user'
      ? principalId === account.accountId
      : isMember(account, principalId);
  if (!named || siteAccess(account) === 'none') return undefined;
  return principalType === 'user' ? 'direct' : `group:${principalId}`;
}

/** Something an account may do in a space, and by which way. @public */
export interface SpaceAccess {
  /** `read`, `create`, `administer` and the like. */
  operation: string;
  /** What the operation is done to: `space`, `page` and the like. */
  target: string;
  /** `direct`, `group:<id>` or `access-class:<name>`. */
  path: string;
}

/** Everything an account may do in a space, once for each way. */
export function spaceAccess(
  account: Account,
  space: Space,
  mode: RoleMode,
): SpaceAccess[] {
  const found = new Map<string, SpaceAccess>();
  for (const grant of grantsOf(space, mode)) {
    const path = pathOf(account, grant);
    if (path === undefined) continue;
    const { key: operation, targetType: target } = grant;
    found.set([operation, target, path].join('/'), { operation, target, path });
  }
  return [...found.values()];
}

/** The ways in which an account may do `key` with a space; empty means not at all. */
export function spacePaths(
  account: Account,
  space: Space,
  mode: RoleMode,
  key = 'read',
): string[] {
  const paths = new Set<string>();
  for (const grant of grantsOf(space, mode)) {
    if (grant.key !== key || grant.targetType !== 'space') continue;
    const path = pathOf(account, grant);
    if (path !== undefined) paths.add(path);
  }
  return [...paths];
}

/** A restriction names accounts, so that nobody passes it without signing in. */
function admits(
  restriction: Restriction | undefined,
  account: Account,
): boolean {
  if (!restriction) return true;
  if (siteAccess(account) === 'none') return false;
  if (restriction.accounts.has(account)) return true;
  return [...restriction.groups].some((group: Group) =>
    account.groups.has(group),
  );
}

/** Whether an account can read a page: the space lets it in, and so does the page and everything above it. */
export function canSeePage(
  account: Account,
  page: Page,
  mode: RoleMode,
): boolean {
  if (spacePaths(account, page.space, mode).length === 0) return false;
  for (let at: Page | undefined = page; at; at = at.parent) {
    if (!admits(at.read, account)) return false;
  }
  return true;
}
