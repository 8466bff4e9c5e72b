// SPDX-License-Identifier: Apache-2.0
import type {
  OrganizationProductAccess,
  OrganizationUser,
} from '@confluence-compliance/atlassian-client';
import type { DirectoryPayload, ObservedRow } from '../../history';

export function distinct(words: string[]): string[] {
  return [...new Set(words)].sort();
}

export function productsOf(access: OrganizationProductAccess[]): string[] {
  return distinct(access.map(({ resourceId }) => resourceId));
}

/** Whether two-step verification is on, which Atlassian says of managed accounts only. */
function mfaOf(user: OrganizationUser): DirectoryPayload['mfa'] {
  if (user.claimStatus !== 'managed' || user.mfaEnabled === undefined) {
    return 'unknown';
  }
  return user.mfaEnabled ? 'enabled' : 'disabled';
}

/** An entry of the directory; `roles` are more than plain use. */
export function rowOf(
  user: OrganizationUser,
  roles: string[] = [],
): ObservedRow<DirectoryPayload> {
  const { accountId, productAccess } = user;
  return {
    key: accountId,
    payload: {
      claimStatus: user.claimStatus ?? null,
      accountStatus: user.accountStatus ?? null,
      membershipStatus: user.membershipStatus ?? null,
      mfa: mfaOf(user),
      managementSource: user.managementSource ?? null,
      platformRoles: user.platformRoles ? distinct(user.platformRoles) : null,
      products: productAccess ? productsOf(productAccess) : null,
      roles,
    },
    profile: {
      kind: 'account',
      id: accountId,
      name: user.name,
      email: user.email,
      emailFrom: 'organization',
    },
    activity: productAccess?.flatMap(({ resourceId: resource, lastActiveAt }) =>
      lastActiveAt ? [{ resource, lastActiveAt }] : [],
    ),
  };
}
