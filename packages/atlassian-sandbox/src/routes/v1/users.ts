// SPDX-License-Identifier: Apache-2.0
import { Answer, ApiRequest, Endpoint, ok, Scopes, v1Error } from '../../api';
import { siteAccess } from '../../world/access';
import { Account } from '../../world/types';
import { expandOf, v1Group, v1User } from './shapes';
import { v1Page } from './paging';

const READ: Scopes = [
  ['read:confluence-user'],
  ['read:content-details:confluence'],
];
const MEMBER_OF: Scopes = [
  ['read:confluence-user'],
  ['read:user:confluence', 'read:group:confluence'],
];

function current({ caller, query, siteUrl }: ApiRequest): Answer {
  if (siteAccess(caller.account) === 'none') {
    return v1Error(
      403,
      'Request rejected because caller cannot access Confluence',
    );
  }
  return ok(v1User(caller.account, siteUrl, expandOf(query)));
}

function one({ world, query, siteUrl }: ApiRequest): Answer {
  const account = world.accounts.get(query.get('accountId') ?? '');
  if (!account)
    return v1Error(
      404,
      'com.atlassian.confluence.api.service.exceptions.NotFoundException: No user found with this account id',
    );
  return ok(v1User(account, siteUrl, expandOf(query)));
}

/** Only the first hundred ids are answered, and nothing says so. */
function bulk({ world, query, siteUrl }: ApiRequest): Answer {
  const known = query
    .getAll('accountId')
    .slice(0, 100)
    .map(id => world.accounts.get(id))
    .filter((account): account is Account => account !== undefined);
  return ok({
    results: known.map(account => v1User(account, siteUrl)),
    start: 0,
    limit: 100,
    size: known.length,
    _links: {
      base: `${siteUrl}/wiki`,
      context: '/wiki',
      self: `${siteUrl}/wiki/rest/api/user/bulk`,
    },
  });
}

function memberOf(request: ApiRequest): Answer {
  const { world, query, siteUrl } = request;
  const account = world.accounts.get(query.get('accountId') ?? '');
  if (!account)
    return v1Error(
      404,
      'com.atlassian.confluence.api.service.exceptions.NotFoundException: No user found with this account id',
    );
  return ok(
    v1Page(request, '/user/memberof', world.groupsOf(account), group =>
      v1Group(group, siteUrl),
    ),
  );
}

const at = (
  path: string,
  scopes: Scopes,
  answer: Endpoint['answer'],
): Endpoint => ({
  method: 'GET',
  template: `/wiki/rest/api/user${path}`,
  guard: 'site',
  scopes,
  answer,
});

export const userEndpoints: readonly Endpoint[] = [
  at('/current', READ, current),
  at('', READ, one),
  at('/bulk', READ, bulk),
  at('/memberof', MEMBER_OF, memberOf),
];
