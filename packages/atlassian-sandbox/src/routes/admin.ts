// SPDX-License-Identifier: Apache-2.0
import { Answer, ApiRequest, Endpoint, ok } from '../api';
import { decodeCursor, encodeCursor, markOf } from '../cursor';
import { siteAccess } from '../world/access';
import { Account } from '../world/types';
import { adminLimit, checkOrganization, failed } from './adminErrors';
import { fieldsOf } from './form';

function shape(
  account: Account,
  request: ApiRequest,
  expand: ReadonlySet<string>,
): Record<string, unknown> {
  const access = siteAccess(account);
  const managed = account.mfaEnabled !== undefined;
  return {
    accountId: account.accountId,
    accountType: 'atlassian',
    accountStatus: account.status,
    membershipStatus: account.status === 'active' ? 'active' : 'no_membership',
    status: account.status === 'active' ? 'active' : 'deactivated',
    claimStatus: managed ? 'managed' : 'unmanaged',
    name: account.displayName,
    nickname: account.publicName,
    email: account.email,
    emailVerified: true,
    ...(managed ? { mfaEnabled: account.mfaEnabled } : {}),
    managementSource: 'invited',
    addedToOrg: '2024-01-01T00:00:00.000Z',
    ...(expand.has('platformRoles')
      ? {
          platformRoles: access === 'site-admin' ? ['atlassian/org-admin'] : [],
        }
      : {}),
    ...(expand.has('groups')
      ? {
          groups: request.world
            .groupsOf(account)
            .map(({ id, name }) => ({ id, name, description: '' })),
        }
      : {}),
    ...(expand.has('productAccess') && access !== 'none'
      ? {
          productAccess: request.sites.map(({ cloudId }) => ({
            key: 'confluence',
            id: `ari:cloud:confluence::site/${cloudId}`,
            lastActiveTimestamp: '2026-10-30T08:00:00.000000000Z',
          })),
        }
      : {}),
  };
}

/** The preferred user list of the Admin API; its `links.next` is a bare cursor for the next body. */
function searchUsers(request: ApiRequest): Answer {
  checkOrganization(request);
  const { world } = request;
  const body = fieldsOf(request.body);
  const limit = adminLimit(body.limit, 50);
  const ids = Array.isArray(body.accountIds) ? body.accountIds : undefined;
  if (ids && ids.length > 10)
    return failed(
      400,
      'ADMIN-400-2',
      'accountIds must not name more than 10 accounts',
    );
  const mark = markOf(['users/search']);
  const position =
    typeof body.cursor === 'string'
      ? decodeCursor(body.cursor, mark)
      : undefined;
  if (body.cursor !== undefined && !position)
    return failed(400, 'ADMIN-400-3', 'Invalid cursor');
  const found = [...world.accounts.values()].filter(
    account =>
      account.type === 'atlassian' &&
      account.status !== 'closed' &&
      (!ids || ids.includes(account.accountId)) &&
      (body.claimStatus === undefined ||
        (body.claimStatus === 'managed') ===
          (account.mfaEnabled !== undefined)) &&
      (body.mfaEnabled === undefined || body.mfaEnabled === account.mfaEnabled),
  );
  const from = position?.id ?? 0;
  const expand = new Set(
    Array.isArray(body.expand) ? body.expand.map(String) : [],
  );
  const next = from + limit;
  return ok({
    data: found
      .slice(from, next)
      .map(account => shape(account, request, expand)),
    links:
      next < found.length
        ? { next: encodeCursor({ key: 'users', id: next }, mark) }
        : {},
  });
}

export const adminEndpoints: readonly Endpoint[] = [
  {
    method: 'POST',
    template: '/admin/v2/orgs/{orgId}/directories/{directoryId}/users/search',
    guard: 'organization',
    answer: searchUsers,
  },
];
