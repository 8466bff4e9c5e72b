// SPDX-License-Identifier: Apache-2.0
import { ApiRequest } from '../api';
import {
  confluenceAt,
  managementSourceOf,
  membershipStatusOf,
  rolesOf,
  statusOf,
} from '../world/directory';
import { Account } from '../world/types';

/** An account as the organization's directory writes it; what is expanded comes only when asked for. */
export function directoryUser(
  account: Account,
  { world, sites }: ApiRequest,
  expand: ReadonlySet<string>,
): Record<string, unknown> {
  const cloudIds = sites.map(({ cloudId }) => cloudId);
  const roles = rolesOf(account, world, cloudIds);
  const uses = (cloudId: string) =>
    roles.some(({ resourceId }) => resourceId === confluenceAt(cloudId));
  return {
    accountId: account.accountId,
    accountType: 'atlassian',
    accountStatus: account.status,
    membershipStatus: membershipStatusOf(account),
    status: statusOf(account),
    claimStatus: account.managed ? 'managed' : 'unmanaged',
    name: account.displayName,
    nickname: account.publicName,
    email: account.email,
    emailVerified: true,
    ...(account.mfaEnabled === undefined
      ? {}
      : { mfaEnabled: account.mfaEnabled }),
    managementSource: managementSourceOf(account),
    addedToOrg: '2024-01-01T00:00:00.000Z',
    ...(expand.has('platformRoles')
      ? {
          platformRoles: roles
            .map(({ role }) => role)
            .filter(role => role === 'atlassian/org-admin'),
        }
      : {}),
    ...(expand.has('groups')
      ? {
          groups: world
            .groupsOf(account)
            .map(({ id, name }) => ({ id, name, description: '' })),
        }
      : {}),
    ...(expand.has('productAccess')
      ? {
          productAccess: cloudIds.filter(uses).map(cloudId => {
            const lastActive = world.lastActiveAt(account, cloudId);
            return {
              key: 'confluence',
              id: confluenceAt(cloudId),
              // Down to the nanosecond, as Atlassian writes it.
              ...(lastActive === undefined
                ? {}
                : { lastActiveTimestamp: lastActive.replace('Z', '000000Z') }),
            };
          }),
        }
      : {}),
  };
}
