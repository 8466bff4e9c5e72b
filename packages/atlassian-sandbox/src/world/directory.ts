// SPDX-License-Identifier: Apache-2.0
import { Account, Group } from './types';
import { World } from './World';

/** A role of an account somewhere in the organization. */
export interface ProductRole {
  /** Atlassian's name of the product at a site, or of the organization. */
  resourceId: string;
  role: string;
}

const PRODUCT_ROLES: Readonly<Partial<Record<Group['access'], string>>> = {
  guest: 'atlassian/guest',
  user: 'atlassian/user',
  admin: 'atlassian/admin',
};

/** The name of Confluence at a site. */
export function confluenceAt(cloudId: string): string {
  return `ari:cloud:confluence::site/${cloudId}`;
}

/** The roles that groups give, whether or not their holder can sign in now. */
export function rolesOf(
  account: Account,
  world: World,
  cloudIds: readonly string[],
): ProductRole[] {
  return [...account.groups].flatMap(({ access }) => {
    if (access === 'site-admin')
      return [
        {
          resourceId: `ari:cloud:platform::org/${world.orgId}`,
          role: 'atlassian/org-admin',
        },
      ];
    const role = PRODUCT_ROLES[access];
    return role === undefined
      ? []
      : cloudIds.map(cloudId => ({ resourceId: confluenceAt(cloudId), role }));
  });
}

/** The state of an account in the organization. */
export function membershipStatusOf(account: Account): string {
  if (account.status !== 'active') return 'no_membership';
  return account.suspended ? 'suspended' : 'active';
}

/** The states of the account and of its membership in one word. */
export function statusOf(account: Account): string {
  if (account.status !== 'active') return 'deactivated';
  return membershipStatusOf(account);
}

/** How an account came in: by the identity provider when a group of it holds the account. */
export function managementSourceOf(account: Account): string | null {
  if (!account.managed) return null;
  const synced = [...account.groups].some(
    ({ managedBy }) => managedBy === 'EXTERNAL',
  );
  return synced ? 'synced' : 'invited';
}
