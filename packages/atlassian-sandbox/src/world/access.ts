// SPDX-License-Identifier: Apache-2.0
import { Account, Group, Page, Restriction, Space } from './types';

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

/** The ways in which an account may do `key` in a space; empty means not at all. @public */
export function spacePaths(
  account: Account,
  space: Space,
  key = 'read',
): string[] {
  const paths: string[] = [];
  const access = siteAccess(account);
  for (const grant of space.grants) {
    if (grant.key !== key || grant.targetType !== 'space') continue;
    if (grant.principalType === 'access-class') {
      if (grant.principalId === 'anonymous-users') paths.push('anonymous');
      continue;
    }
    if (access === 'none') continue;
    if (
      grant.principalType === 'user' &&
      grant.principalId === account.accountId
    ) {
      paths.push('direct');
    }
    if (grant.principalType === 'group') {
      for (const group of account.groups) {
        if (group.id === grant.principalId) paths.push(`group:${group.id}`);
      }
    }
  }
  return paths;
}

function admits(
  restriction: Restriction | undefined,
  account: Account,
): boolean {
  if (!restriction) return true;
  if (restriction.accounts.has(account)) return true;
  return [...restriction.groups].some((group: Group) =>
    account.groups.has(group),
  );
}

/** Whether an account can read a page: the space lets it in, and so does the page and everything above it. @public */
export function canSeePage(account: Account, page: Page): boolean {
  if (spacePaths(account, page.space).length === 0) return false;
  for (let at: Page | undefined = page; at; at = at.parent) {
    if (!admits(at.read, account)) return false;
  }
  return true;
}
