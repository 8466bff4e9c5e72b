// SPDX-License-Identifier: Apache-2.0
import { Answer, ApiRequest, Endpoint, ok, Scopes, v1Error } from '../../api';
import { siteAccess } from '../../world/access';
import { join } from '../../world/buildDemo';
import { expandOf, v1Group, v1User } from './shapes';
import { numberOf, v1Page } from './paging';

const READ: Scopes = [['read:confluence-groups'], ['read:group:confluence']];
const MEMBERS: Scopes = [
  ['read:confluence-groups'],
  ['read:group:confluence', 'read:user:confluence'],
];
const WRITE: Scopes = [['write:confluence-groups'], ['write:group:confluence']];

function list(request: ApiRequest): Answer {
  const { world, query, siteUrl } = request;
  const accessType = query.get('accessType');
  const groups = world
    .groupsByName()
    .filter(group => !accessType || group.access === accessType);
  return ok(
    v1Page(request, '/group', groups, group => v1Group(group, siteUrl)),
  );
}

function byId({ world, query, siteUrl }: ApiRequest): Answer {
  const group = world.groups.get(query.get('id') ?? '');
  return group
    ? ok(v1Group(group, siteUrl))
    : v1Error(
        404,
        'com.atlassian.confluence.api.service.exceptions.NotFoundException: No group with this id',
      );
}

function picker(request: ApiRequest): Answer {
  const { world, query, siteUrl } = request;
  const wanted = (query.get('query') ?? '').toLowerCase();
  const groups = world
    .groupsByName()
    .filter(group => group.name.toLowerCase().includes(wanted));
  const total = query.get('shouldReturnTotalSize') === 'true';
  return ok(
    v1Page(request, '/group/picker', groups, group => v1Group(group, siteUrl), {
      total,
    }),
  );
}

/** An unknown group answers an empty page, as on the real site: empty is no proof that a group is gone. */
function members(request: ApiRequest): Answer {
  const { world, query, params, siteUrl } = request;
  if (numberOf(query, 'limit', 200) > 200) {
    return v1Error(
      400,
      'com.atlassian.confluence.api.service.exceptions.BadRequestException: limit must not be more than 200',
    );
  }
  const group = world.groups.get(params.groupId);
  const expand = expandOf(query);
  const total = query.get('shouldReturnTotalSize') === 'true';
  const path = `/group/${encodeURIComponent(params.groupId)}/membersByGroupId`;
  return ok(
    v1Page(
      request,
      path,
      group ? world.membersOf(group) : [],
      account => v1User(account, siteUrl, expand),
      { total },
    ),
  );
}

function mayWrite({ caller }: ApiRequest): boolean {
  return siteAccess(caller.account) === 'site-admin';
}

function remove(request: ApiRequest): Answer {
  const { world, query } = request;
  if (!mayWrite(request))
    return v1Error(
      403,
      'Only site administrators can change the members of groups.',
    );
  const group = world.groups.get(query.get('groupId') ?? '');
  const account = world.accounts.get(query.get('accountId') ?? '');
  if (!group || !account) return v1Error(404, 'No such group or user.');
  if (group.managedBy === 'EXTERNAL')
    return v1Error(403, 'This group is managed by an identity provider.');
  group.members.delete(account);
  account.groups.delete(group);
  world.revision++;
  return { status: 204 };
}

function add(request: ApiRequest): Answer {
  const { world, query, body, siteUrl } = request;
  if (!mayWrite(request))
    return v1Error(
      403,
      'Only site administrators can change the members of groups.',
    );
  const group = world.groups.get(query.get('groupId') ?? '');
  const named =
    typeof body === 'object' && body !== null && 'accountId' in body
      ? String(body.accountId)
      : '';
  if (!named) return v1Error(400, 'accountId is needed in the body.');
  const account = world.accounts.get(named);
  if (!group || !account) return v1Error(404, 'No such group or user.');
  if (group.managedBy === 'EXTERNAL')
    return v1Error(403, 'This group is managed by an identity provider.');
  join(account, group);
  world.revision++;
  return { status: 201, body: v1Group(group, siteUrl) };
}

const at = (
  method: Endpoint['method'],
  path: string,
  scopes: Scopes,
  answer: Endpoint['answer'],
): Endpoint => ({
  method,
  template: `/wiki/rest/api/group${path}`,
  guard: 'site',
  scopes,
  answer,
});

export const groupEndpoints: readonly Endpoint[] = [
  at('GET', '', READ, list),
  at('GET', '/by-id', READ, byId),
  at('GET', '/picker', READ, picker),
  at('GET', '/{groupId}/membersByGroupId', MEMBERS, members),
  at('DELETE', '/userByGroupId', WRITE, remove),
  at('POST', '/userByGroupId', WRITE, add),
];
