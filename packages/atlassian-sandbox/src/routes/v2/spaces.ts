// SPDX-License-Identifier: Apache-2.0
import {
  Answer,
  ApiRequest,
  Endpoint,
  ok,
  roleModeOf,
  seesSpace,
} from '../../api';
import { Order } from '../../cursor';
import { grantsOf } from '../../world/roles';
import { Space, SpaceGrant } from '../../world/types';
import { idsOf, invalid, listOf, notFound, v2Page } from './paging';
import { v2Grant, v2Space } from './shapes';

const ORDERS: Readonly<Record<string, (space: Space) => string | number>> = {
  id: space => space.id,
  key: space => space.key,
  name: space => space.name,
};

export function spaceOf(request: ApiRequest): Space {
  const space = request.world.spaces.get(Number(request.params.id));
  if (!space || !seesSpace(request, space)) throw notFound();
  return space;
}

function list(request: ApiRequest): Answer {
  const { world, query } = request;
  const ids = idsOf(query, 'ids');
  const keys = listOf(query, 'keys');
  const sort = query.get('sort') ?? 'id';
  const key = ORDERS[sort.replace(/^-/, '')];
  if (!key)
    throw invalid(`'sort' must be one of id, key, name, with or without -`);
  const order: Order<Space> = {
    key,
    id: space => space.id,
    descending: sort.startsWith('-'),
  };
  const spaces = [...world.spaces.values()].filter(
    space =>
      (!ids || ids.has(space.id)) &&
      (!keys || keys.includes(space.key)) &&
      (!query.has('type') || query.get('type') === space.type) &&
      (!query.has('status') || query.get('status') === space.status) &&
      seesSpace(request, space),
  );
  const sign = order.descending ? -1 : 1;
  spaces.sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x !== y) return x < y ? -sign : sign;
    return sign * (a.id - b.id);
  });
  return v2Page(request, '/spaces', spaces, order, space =>
    v2Space(space, query.get('description-format')),
  );
}

function one(request: ApiRequest): Answer {
  const { query, siteUrl } = request;
  const space = spaceOf(request);
  const grants = grantsOf(space, roleModeOf(request));
  const body: Record<string, unknown> = {
    ...v2Space(space, query.get('description-format')),
  };
  if (query.get('include-permissions') === 'true') {
    body.permissions = {
      results: grants.slice(0, 50).map(v2Grant),
      meta: { hasMore: grants.length > 50 },
      _links: { self: `/api/v2/spaces/${space.id}/permissions` },
    };
  }
  return ok({
    ...body,
    _links: { webui: `/spaces/${space.key}`, base: `${siteUrl}/wiki` },
  });
}

const GRANT_ORDER: Order<SpaceGrant> = {
  key: grant => Number(grant.id),
  id: grant => Number(grant.id),
  descending: false,
};

function permissions(request: ApiRequest): Answer {
  const space = spaceOf(request);
  return v2Page(
    request,
    `/spaces/${space.id}/permissions`,
    grantsOf(space, roleModeOf(request)),
    GRANT_ORDER,
    v2Grant,
  );
}

export const spaceEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    template: '/wiki/api/v2/spaces',
    guard: 'site',
    scopes: [['read:space:confluence']],
    answer: list,
  },
  {
    method: 'GET',
    template: '/wiki/api/v2/spaces/{id}',
    guard: 'site',
    scopes: [['read:space:confluence']],
    answer: one,
  },
  {
    method: 'GET',
    template: '/wiki/api/v2/spaces/{id}/permissions',
    guard: 'site',
    scopes: [['read:space:confluence']],
    answer: permissions,
  },
];
