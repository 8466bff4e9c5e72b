// SPDX-License-Identifier: Apache-2.0
import { Answer, ApiRequest, Endpoint, ok, Refusal } from '../api';
import { isServiceAccount } from '../auth/Credentials';
import {
  decodeCursor,
  encodeCursor,
  indexAfter,
  markOf,
  Order,
} from '../cursor';
import { accountIdOf } from '../world/ids';
import { ADMIN_NAME } from '../world/demo/people';
import { isoTime } from '../world/titles';
import { ApiToken } from '../world/types';
import { checkOrganization, failed } from './adminErrors';

const MOST = 1000;

const BY_POSITION: Order<ApiToken> = {
  key: ({ position }) => position,
  id: ({ position }) => position,
  descending: false,
};

function pageSizeOf(query: URLSearchParams): number {
  const size = Number(query.get('pageSize') ?? 100);
  if (!Number.isInteger(size) || size < 1 || size > MOST)
    throw new Refusal(
      failed(400, 'ADMIN-400-1', `pageSize must be from 1 to ${MOST}`),
    );
  return size;
}

function tokenShape(token: ApiToken, orgId: string): Record<string, unknown> {
  const { id, label, status, createdAt, expiresAt, lastActiveAt, owner } =
    token;
  return {
    id,
    label,
    status,
    createdAt: isoTime(createdAt),
    expiresAt: isoTime(expiresAt),
    ...(lastActiveAt === undefined
      ? {}
      : { lastActiveAt: isoTime(lastActiveAt) }),
    user: {
      id: owner.accountId,
      orgId,
      name: owner.displayName,
      email: owner.email,
    },
  };
}

/** The API tokens of managed accounts; `links.next` is a bare cursor. */
function apiTokens(request: ApiRequest): Answer {
  checkOrganization(request);
  const { world, query } = request;
  const size = pageSizeOf(query);
  const mark = markOf(['api-tokens']);
  const cursor = query.get('cursor');
  const position = cursor === null ? undefined : decodeCursor(cursor, mark);
  if (cursor !== null && !position)
    return failed(400, 'ADMIN-400-3', 'Invalid cursor');
  const tokens = world.apiTokens.filter(({ owner }) => owner.managed);
  const from = position ? indexAfter(tokens, BY_POSITION, position) : 0;
  const page = tokens.slice(from, from + size);
  const last = page.at(-1);
  const more = from + size < tokens.length && last !== undefined;
  return ok({
    data: page.map(token => tokenShape(token, world.orgId)),
    links: more
      ? {
          next: encodeCursor({ key: last.position, id: last.position }, mark),
        }
      : {},
  });
}

/** The service accounts, all on one page. */
function serviceAccounts(request: ApiRequest): Answer {
  checkOrganization(request);
  const { world } = request;
  const items = [...world.accounts.values()]
    .filter(account => isServiceAccount(account) && account.status !== 'closed')
    .map(account => ({
      atlassianId: account.accountId,
      id: account.accountId.replace(/^.*:/, ''),
      email: account.email,
      displayName: account.displayName,
      container: world.orgId,
      status: account.status === 'active' ? 'ACTIVE' : 'INACTIVE',
      createdById: accountIdOf(ADMIN_NAME),
      description: '',
    }));
  return ok({ links: {}, items, total: items.length });
}

/**
 * The API access API, as its public reference describes it: no document of it is among those the
 * contract is checked against. The list of service accounts is experimental there.
 */
export const apiAccessEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    template: '/admin/api-access/v1/orgs/{orgId}/api-tokens',
    guard: 'organization',
    scopes: [['read:tokens:admin']],
    answer: apiTokens,
  },
  {
    method: 'GET',
    template: '/admin/api-access/v1/orgs/{orgId}/service-accounts',
    guard: 'organization',
    scopes: [['read:service-accounts:admin']],
    answer: serviceAccounts,
  },
];
