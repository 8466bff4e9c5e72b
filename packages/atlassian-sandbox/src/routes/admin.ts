// SPDX-License-Identifier: Apache-2.0
import { Answer, ApiRequest, Endpoint, ok, Refusal } from '../api';
import { decodeCursor, encodeCursor, markOf } from '../cursor';
import { membershipStatusOf, rolesOf, statusOf } from '../world/directory';
import { Account } from '../world/types';
import { adminLimit, checkOrganization, failed } from './adminErrors';
import { directoryUser } from './directoryUser';
import { fieldsOf } from './form';
import { checkDirectory } from './organization';

type Fields = Record<string, unknown>;
type Fits = (account: Account) => boolean;

/** The lists that a search filters by: the most values of each, and what of an account is compared. */
const LISTS: Readonly<
  Record<string, { most: number; of: (account: Account) => string[] }>
> = {
  accountIds: { most: 10, of: account => [account.accountId] },
  emails: { most: 100, of: account => [account.email] },
  groupIds: {
    most: 10,
    of: account => [...account.groups].map(({ id }) => id),
  },
  accountStatus: { most: 3, of: account => [account.status] },
  membershipStatus: {
    most: 3,
    of: account => [membershipStatusOf(account)],
  },
  status: { most: 5, of: account => [statusOf(account)] },
};

/** The values of a filter, or undefined when it is not set. */
function valuesOf(
  body: Fields,
  name: string,
  most: number,
): ReadonlySet<unknown> | undefined {
  const values = body[name];
  if (values === undefined) return undefined;
  if (!Array.isArray(values) || values.length === 0 || values.length > most)
    throw new Refusal(
      failed(400, 'ADMIN-400-2', `${name} must be a list of 1 to ${most}`),
    );
  return new Set(values);
}

/** A role counts when both it and its resource are asked for; a filter that is not set asks for all. */
function roleFilter({ world, sites }: ApiRequest, body: Fields): Fits[] {
  const resourceIds = valuesOf(body, 'resourceIds', 20);
  const roleIds = valuesOf(body, 'roleIds', 10);
  if (!resourceIds && !roleIds) return [];
  const cloudIds = sites.map(({ cloudId }) => cloudId);
  return [
    account =>
      rolesOf(account, world, cloudIds).some(
        ({ resourceId, role }) =>
          (resourceIds?.has(resourceId) ?? true) &&
          (roleIds?.has(role) ?? true),
      ),
  ];
}

/** Apps and deleted accounts are in no directory. */
const isListed: Fits = ({ type, status }) =>
  type === 'atlassian' && status !== 'closed';

/** What an account has to meet to be found. */
function filtersOf(request: ApiRequest, body: Fields): Fits[] {
  const lists = Object.entries(LISTS).flatMap(
    ([name, { most, of }]): Fits[] => {
      const values = valuesOf(body, name, most);
      return values ? [account => of(account).some(v => values.has(v))] : [];
    },
  );
  const { claimStatus, mfaEnabled } = body;
  return [
    isListed,
    ...lists,
    ...roleFilter(request, body),
    ...(claimStatus === undefined
      ? []
      : [
          (account: Account) => account.managed === (claimStatus === 'managed'),
        ]),
    ...(mfaEnabled === undefined
      ? []
      : [(account: Account) => account.mfaEnabled === mfaEnabled]),
  ];
}

/**
 * The preferred user list of the Admin API; its `links.next` is a bare cursor for the next body. The
 * cursor is a place among all accounts, which never leave the world, so that no change shifts it.
 */
function searchUsers(request: ApiRequest): Answer {
  checkOrganization(request);
  checkDirectory(request);
  const { world } = request;
  const {
    cursor,
    limit: asked,
    expand: wanted,
    ...filters
  } = fieldsOf(request.body);
  const limit = adminLimit(asked, 50);
  const mark = markOf(['users/search', filters]);
  const position =
    typeof cursor === 'string' ? decodeCursor(cursor, mark) : undefined;
  if (cursor !== undefined && !position)
    return failed(400, 'ADMIN-400-3', 'Invalid cursor');
  const expand = new Set(Array.isArray(wanted) ? wanted.map(String) : []);
  const tests = filtersOf(request, filters);
  const fits = (account: Account) => tests.every(test => test(account));
  const accounts = world.kept('accounts', () => [...world.accounts.values()]);
  const data: Record<string, unknown>[] = [];
  let at = position?.id ?? 0;
  for (; at < accounts.length; at++) {
    if (!fits(accounts[at])) continue;
    if (data.length === limit) break;
    data.push(directoryUser(accounts[at], request, expand));
  }
  return ok({
    data,
    links:
      at < accounts.length
        ? { next: encodeCursor({ key: 'users', id: at }, mark) }
        : {},
  });
}

/** One user, without what is expanded in lists only. */
function userDetails(request: ApiRequest): Answer {
  checkOrganization(request);
  checkDirectory(request);
  const account = request.world.accounts.get(request.params.userId);
  if (!account || !isListed(account))
    return failed(404, 'ADMIN-404-4', 'User not found');
  return ok({
    data: directoryUser(account, request, new Set(['platformRoles'])),
  });
}

/** The roles of one user, place by place. */
function userRoles(request: ApiRequest): Answer {
  checkOrganization(request);
  checkDirectory(request);
  const { world, sites, params, query } = request;
  const account = world.accounts.get(params.accountId);
  if (!account || !isListed(account))
    return failed(404, 'ADMIN-404-4', 'User not found');
  const limit = adminLimit(query.get('limit') ?? undefined, 20);
  const mark = markOf(['role-assignments', account.accountId]);
  const cursor = query.get('cursor');
  const position = cursor === null ? undefined : decodeCursor(cursor, mark);
  if (cursor !== null && !position)
    return failed(400, 'ADMIN-400-3', 'Invalid cursor');
  const places = new Map<string, Set<string>>();
  const cloudIds = sites.map(({ cloudId }) => cloudId);
  for (const { resourceId, role } of rolesOf(account, world, cloudIds)) {
    const roles = places.get(resourceId) ?? new Set();
    places.set(resourceId, roles.add(role));
  }
  const start = position?.id ?? 0;
  const end = start + limit;
  return ok({
    data: [...places].slice(start, end).map(([resourceId, roles]) => ({
      resourceId,
      resourceOwner: resourceId.split(':')[2],
      roles: [...roles],
      roleAssignments: [...roles].map(role => ({
        role,
        roleAssignmentMethods: ['group_direct'],
      })),
    })),
    links:
      end < places.size
        ? { next: encodeCursor({ key: 'roles', id: end }, mark) }
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
  {
    method: 'GET',
    template: '/admin/v2/orgs/{orgId}/directories/{directoryId}/users/{userId}',
    guard: 'organization',
    answer: userDetails,
  },
  {
    method: 'GET',
    template:
      '/admin/v2/orgs/{orgId}/directories/{directoryId}/users/{accountId}/role-assignments',
    guard: 'organization',
    answer: userRoles,
  },
];
