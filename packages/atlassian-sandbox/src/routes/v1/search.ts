// SPDX-License-Identifier: Apache-2.0
import {
  Answer,
  ApiRequest,
  Endpoint,
  ok,
  Refusal,
  seesPage,
  v1Error,
} from '../../api';
import { CqlError, FieldReader, parseCql } from '../../cql';
import {
  decodeCursor,
  encodeCursor,
  indexAfter,
  markOf,
  Order,
  positionOf,
} from '../../cursor';
import { isLicensed } from '../../world/access';
import { isoTime, titleOf } from '../../world/titles';
import { Account, Page } from '../../world/types';
import { nextLink, numberOf, v1Page } from './paging';
import { expandOf, v1Content, v1User } from './shapes';

const USER_FIELDS: Record<string, FieldReader<Account>> = {
  type: () => ['user'],
  user: account => [account.accountId],
  'user.accountid': account => [account.accountId],
  'user.userkey': account => [account.accountId],
  'user.fullname': account => [account.displayName],
};

const PAGE_FIELDS: Record<string, FieldReader<Page>> = {
  type: () => ['page'],
  space: page => [page.space.key],
  'space.key': page => [page.space.key],
  label: page => page.labels ?? [],
  id: page => [String(page.id)],
  content: page => [String(page.id)],
  title: page => [titleOf(page)],
  parent: page => (page.parent ? [String(page.parent.id)] : []),
};

const BY_ID: Order<Page> = {
  key: page => page.id,
  id: page => page.id,
  descending: false,
};

function testOf<T>(
  query: URLSearchParams,
  fields: Record<string, FieldReader<T>>,
): (item: T) => boolean {
  const cql = query.get('cql') ?? '';
  if (cql.trim() === '')
    throw new Refusal(
      v1Error(
        400,
        'com.atlassian.confluence.api.service.exceptions.BadRequestException: CQL query parameter is required',
      ),
    );
  try {
    return parseCql(cql, fields);
  } catch (error) {
    if (!(error instanceof CqlError)) throw error;
    throw new Refusal(
      v1Error(
        400,
        `com.atlassian.confluence.api.service.exceptions.BadRequestException: ${error.message}`,
      ),
    );
  }
}

/** Stops at ten thousand users, as the document says. */
const USER_SEARCH_STOP = 10_000;

function searchUsers(request: ApiRequest): Answer {
  const { world, query, siteUrl } = request;
  const test = testOf(query, USER_FIELDS);
  const filter = query.get('sitePermissionTypeFilter') ?? 'none';
  if (!['none', 'externalCollaborator', 'all'].includes(filter)) {
    return v1Error(
      400,
      'com.atlassian.confluence.api.service.exceptions.BadRequestException: unknown sitePermissionTypeFilter',
    );
  }
  const found: Account[] = [];
  for (const account of world.accounts.values()) {
    if (account.status !== 'active') continue;
    if (filter === 'externalCollaborator' && !account.guest) continue;
    if (filter === 'none' && !isLicensed(account)) continue;
    if (test(account)) found.push(account);
  }
  const expand = new Set(
    [...expandOf(query)].map(name => name.replace(/^user\./, '')),
  );
  const page = v1Page(
    request,
    '/search/user',
    found,
    account => ({
      user: v1User(account, siteUrl, expand),
      title: account.displayName,
      excerpt: '',
      url: `/people/${account.accountId}`,
      breadcrumbs: [],
      entityType: 'user',
      iconCssClass: 'aui-icon content-type-profile',
      lastModified: '2026-01-01T00:00:00.000Z',
      score: 0,
    }),
    { limit: 25, max: 200, stopAt: USER_SEARCH_STOP },
  );
  return ok({
    ...page,
    totalSize: found.length,
    cqlQuery: query.get('cql'),
    searchDuration: 7,
  });
}

const BY_IDS = /^\s*id\s+in\s*\(([\d\s,]+)\)\s*$/i;

/** The pages a query can find at all: those it names when it only names pages, else every page. */
function candidates({ world, query }: ApiRequest): Iterable<Page> {
  const ids = BY_IDS.exec(query.get('cql') ?? '')?.[1];
  if (ids === undefined) return world.pages.values();
  return [...new Set(ids.split(',').map(Number))].flatMap(
    id => world.pages.get(id) ?? [],
  );
}

/** Pages a query finds, by id. */
function pagesFor(request: ApiRequest): Page[] {
  const { world, query, caller } = request;
  const test = testOf(query, PAGE_FIELDS);
  const name = JSON.stringify([
    'search',
    query.get('cql'),
    caller.seesEverything,
    caller.account.accountId,
  ]);
  return world.kept(name, () =>
    [...candidates(request)]
      .filter(
        page =>
          page.status === 'current' && test(page) && seesPage(request, page),
      )
      .sort((a, b) => a.id - b.id),
  );
}

/** Cursor paging only: `start` is read by nobody, as on the real site. */
function pageWalk(
  request: ApiRequest,
  path: string,
  shape: (page: Page) => unknown,
) {
  const { query, siteUrl } = request;
  const heavy = [...expandOf(query)].some(
    name =>
      name.startsWith('body.export_view') ||
      name.startsWith('body.styled_view'),
  );
  const limit = Math.max(
    1,
    Math.min(numberOf(query, 'limit', 25), heavy ? 25 : 250),
  );
  const all = pagesFor(request);
  const mark = markOf([path, query.get('cql')]);
  const cursor = query.get('cursor');
  const position = cursor === null ? undefined : decodeCursor(cursor, mark);
  if (cursor !== null && !position) {
    throw new Refusal(
      v1Error(
        400,
        'com.atlassian.confluence.api.service.exceptions.BadRequestException: Invalid cursor',
      ),
    );
  }
  const from = position ? indexAfter(all, BY_ID, position) : 0;
  const pages = all.slice(from, from + limit);
  const links: Record<string, string> = {
    base: `${siteUrl}/wiki`,
    context: '/wiki',
    self: `${siteUrl}/wiki/rest/api${path}?${query}`,
  };
  if (from + pages.length < all.length) {
    const last = pages[pages.length - 1];
    links.next = nextLink(path, query, {
      cursor: encodeCursor(positionOf(BY_ID, last), mark),
      limit: String(limit),
      start: String(from + pages.length),
    });
  }
  return {
    results: pages.map(shape),
    start: from,
    limit,
    size: pages.length,
    totalSize: all.length,
    cqlQuery: query.get('cql'),
    searchDuration: 11,
    _links: links,
  };
}

function searchContent(request: ApiRequest): Answer {
  const expand = expandOf(request.query);
  const { totalSize: _, ...body } = pageWalk(request, '/content/search', page =>
    v1Content(page, request.siteUrl, expand),
  );
  return ok(body);
}

function search(request: ApiRequest): Answer {
  return ok(
    pageWalk(request, '/search', page => ({
      content: v1Content(page, request.siteUrl, new Set()),
      title: titleOf(page),
      excerpt: '',
      url: `/spaces/${page.space.key}/pages/${page.id}`,
      resultGlobalContainer: {
        title: page.space.name,
        displayUrl: `/spaces/${page.space.key}`,
      },
      breadcrumbs: [],
      entityType: 'content',
      iconCssClass: 'aui-icon content-type-page',
      lastModified: isoTime(page.modifiedAt),
      friendlyLastModified: isoTime(page.modifiedAt).slice(0, 10),
      score: 0,
    })),
  );
}

const SEARCH = [['search:confluence'], ['read:content-details:confluence']];

export const searchEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    template: '/wiki/rest/api/search/user',
    guard: 'site',
    scopes: [['read:content-details:confluence']],
    answer: searchUsers,
  },
  {
    method: 'GET',
    template: '/wiki/rest/api/search',
    guard: 'site',
    scopes: SEARCH,
    answer: search,
  },
  {
    method: 'GET',
    template: '/wiki/rest/api/content/search',
    guard: 'site',
    scopes: SEARCH,
    answer: searchContent,
  },
];
