// SPDX-License-Identifier: Apache-2.0
import { Answer, ApiRequest, Endpoint, ok, seesPage } from '../../api';
import { Order } from '../../cursor';
import { Page } from '../../world/types';
import { titleOf } from '../../world/titles';
import {
  idsOf,
  invalid,
  limitOf,
  listOf,
  notFound,
  v2Page as onePage,
} from './paging';
import { labelId } from '../v1/shapes';
import { v2Get } from './endpoint';
import { v2Label, v2Page } from './shapes';
import { spaceOf } from './spaces';

const KEYS: Readonly<Record<string, (page: Page) => string | number>> = {
  id: page => page.id,
  'created-date': page => page.createdAt,
  'modified-date': page => page.modifiedAt,
  title: titleOf,
};

const STATUSES = ['current', 'archived', 'deleted', 'trashed'];

function orderOf(query: URLSearchParams): Order<Page> {
  const sort = query.get('sort') ?? 'id';
  const key = KEYS[sort.replace(/^-/, '')];
  if (!key)
    throw invalid(
      `'sort' must be one of ${Object.keys(KEYS).join(
        ', ',
      )}, with or without -`,
    );
  return { key, id: page => page.id, descending: sort.startsWith('-') };
}

/** The pages that the filters name and the caller sees, in order. */
function select(
  request: ApiRequest,
  from: Iterable<Page>,
  order: Order<Page>,
): Page[] {
  const { query } = request;
  const statuses = listOf(query, 'status') ?? ['current', 'archived'];
  const unknown = statuses.find(status => !STATUSES.includes(status));
  if (unknown !== undefined)
    throw invalid(
      `Provided value {${unknown}} for 'status' is not one of ${STATUSES.join(
        ', ',
      )}`,
    );
  const ids = idsOf(query, 'id');
  const spaces = idsOf(query, 'space-id', 100);
  const title = query.get('title');
  const rootOnly = query.get('depth') === 'root';
  const list: Page[] = [];
  for (const page of from) {
    if (!statuses.includes(page.status)) continue;
    if (ids && !ids.has(page.id)) continue;
    if (spaces && !spaces.has(page.space.id)) continue;
    if (title !== null && titleOf(page) !== title) continue;
    if (rootOnly && page.parent) continue;
    if (seesPage(request, page)) list.push(page);
  }
  const sign = order.descending ? -1 : 1;
  return list.sort((a, b) => {
    const [x, y] = [order.key(a), order.key(b)];
    if (x !== y) return x < y ? -sign : sign;
    return sign * (a.id - b.id);
  });
}

function answerList(
  request: ApiRequest,
  path: string,
  from: Iterable<Page>,
): Answer {
  const { world, query, caller } = request;
  const order = orderOf(query);
  const filters = [...query]
    .filter(([name]) => !['cursor', 'limit', 'body-format'].includes(name))
    .sort();
  const name = JSON.stringify([
    path,
    filters,
    caller.seesEverything,
    caller.account.accountId,
  ]);
  const list = world.kept(name, () => select(request, from, order));
  return onePage(request, path, list, order, page =>
    v2Page(page, query.get('body-format')),
  );
}

function pageOf(request: ApiRequest): Page {
  const page = request.world.pages.get(Number(request.params.id));
  if (!page || !seesPage(request, page)) throw notFound();
  return page;
}

/** An earlier version where one is asked for. */
function versionOf(query: URLSearchParams, page: Page): number {
  const asked = query.get('version');
  if (asked === null) return page.version;
  const version = Number(asked);
  if (!(version >= 1 && version <= page.version)) throw notFound();
  return version;
}

function one(request: ApiRequest): Answer {
  const { query, siteUrl } = request;
  const page = pageOf(request);
  const statuses = listOf(query, 'status') ?? [
    'current',
    'archived',
    'trashed',
  ];
  if (!statuses.includes(page.status)) throw notFound();
  const version = versionOf(query, page);
  const { subtype: _, ...body } = v2Page(
    page,
    query.get('body-format'),
    version,
  );
  if (query.get('include-labels') === 'true') {
    const names = page.labels ?? [];
    body.labels = {
      results: names.slice(0, 50).map(v2Label),
      meta: { hasMore: names.length > 50 },
      _links: { self: `/api/v2/pages/${page.id}/labels` },
    };
  }
  return ok({
    ...body,
    _links: { ...(body._links as object), base: `${siteUrl}/wiki` },
  });
}

const LABEL_ORDER: Order<string> = {
  key: name => Number(labelId(name)),
  id: name => Number(labelId(name)),
  descending: false,
};
const byLabelId = (a: string, b: string) =>
  Number(labelId(a)) - Number(labelId(b));

function labels(request: ApiRequest): Answer {
  const page = pageOf(request);
  return onePage(
    request,
    `/pages/${page.id}/labels`,
    [...(page.labels ?? [])].sort(byLabelId),
    LABEL_ORDER,
    v2Label,
  );
}

/** From the top down; without a cursor, as the document says: the rest is asked with the first one's id. */
function ancestors(request: ApiRequest): Answer {
  const chain: Page[] = [];
  for (let at = pageOf(request).parent; at; at = at.parent) chain.unshift(at);
  const nearest = chain.slice(-limitOf(request.query));
  return ok({
    results: nearest.map(page => ({ id: String(page.id), type: 'page' })),
    _links: { base: `${request.siteUrl}/wiki` },
  });
}

function allLabels(request: ApiRequest): Answer {
  const { world, query } = request;
  const wanted = idsOf(query, 'label-id');
  const names = new Set<string>();
  for (const page of world.pages.values()) {
    if (page.labels && seesPage(request, page))
      for (const name of page.labels) names.add(name);
  }
  const list = [...names]
    .filter(name => !wanted || wanted.has(Number(labelId(name))))
    .sort(byLabelId);
  return onePage(request, '/labels', list, LABEL_ORDER, v2Label);
}

function* withLabel(request: ApiRequest): Generator<Page> {
  for (const page of request.world.pages.values()) {
    if (page.labels?.some(name => labelId(name) === request.params.id))
      yield page;
  }
}

const PAGE = 'read:page:confluence';

export const pageEndpoints: readonly Endpoint[] = [
  v2Get('/pages', PAGE, request =>
    answerList(request, '/pages', request.world.pages.values()),
  ),
  v2Get('/spaces/{id}/pages', PAGE, request => {
    const space = spaceOf(request);
    return answerList(request, `/spaces/${space.id}/pages`, space.pages);
  }),
  v2Get('/pages/{id}', PAGE, one),
  v2Get('/pages/{id}/labels', PAGE, labels),
  v2Get('/pages/{id}/ancestors', 'read:content.metadata:confluence', ancestors),
  v2Get('/labels', 'read:label:confluence', allLabels),
  v2Get('/labels/{id}/pages', PAGE, request =>
    answerList(
      request,
      `/labels/${request.params.id}/pages`,
      withLabel(request),
    ),
  ),
];
