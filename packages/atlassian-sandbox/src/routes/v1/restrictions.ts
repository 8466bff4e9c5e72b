// SPDX-License-Identifier: Apache-2.0
import {
  Answer,
  ApiRequest,
  Endpoint,
  ok,
  Refusal,
  Scopes,
  seesPage,
  v1Error,
} from '../../api';
import { Page } from '../../world/types';
import { digest } from '../../world/ids';
import { numberOf } from './paging';
import { v1Restriction } from './shapes';

const READ: Scopes = [
  ['read:confluence-content.all'],
  ['read:content-details:confluence'],
];

function pageOf(request: ApiRequest): Page {
  const page = request.world.pages.get(Number(request.params.id));
  if (!page || !seesPage(request, page)) {
    throw new Refusal(
      v1Error(
        404,
        `com.atlassian.confluence.api.service.exceptions.NotFoundException: No content found with id: ContentId{id=${request.params.id}}`,
      ),
    );
  }
  return page;
}

function windowOf({ query }: ApiRequest) {
  return {
    start: numberOf(query, 'start', 0),
    limit: Math.min(numberOf(query, 'limit', 100), 200),
  };
}

function hashOf(page: Page): string {
  const parts = [page.read, page.update].map(restriction =>
    restriction
      ? [...restriction.accounts]
          .map(a => a.accountId)
          .concat([...restriction.groups].map(g => g.id))
          .sort()
      : [],
  );
  return digest(JSON.stringify(parts)).slice(0, 32);
}

function all(request: ApiRequest): Answer {
  const page = pageOf(request);
  const { siteUrl } = request;
  const window = windowOf(request);
  const results = (['read', 'update'] as const).map(operation =>
    v1Restriction(page, operation, siteUrl, window),
  );
  return ok({
    results,
    start: window.start,
    limit: window.limit,
    size: results.length,
    restrictionsHash: hashOf(page),
    _links: {
      base: `${siteUrl}/wiki`,
      context: '/wiki',
      self: `${siteUrl}/wiki/rest/api/content/${page.id}/restriction`,
    },
  });
}

/** A page without restrictions answers both operations with empty lists, not 404. */
function byOperation(request: ApiRequest): Answer {
  const page = pageOf(request);
  const { siteUrl } = request;
  const window = { start: 0, limit: 200 };
  return ok({
    read: v1Restriction(page, 'read', siteUrl, window),
    update: v1Restriction(page, 'update', siteUrl, window),
    restrictionsHash: hashOf(page),
    _links: {
      base: `${siteUrl}/wiki`,
      context: '/wiki',
      self: `${siteUrl}/wiki/rest/api/content/${page.id}/restriction/byOperation`,
    },
  });
}

function oneOperation(request: ApiRequest): Answer {
  const { operationKey } = request.params;
  if (operationKey !== 'read' && operationKey !== 'update') {
    return v1Error(
      400,
      `com.atlassian.confluence.api.service.exceptions.BadRequestException: ${operationKey} is not a supported operation`,
    );
  }
  return ok(
    v1Restriction(
      pageOf(request),
      operationKey,
      request.siteUrl,
      windowOf(request),
    ),
  );
}

/** Tells content that is hidden from content that is not there. The pages here have no states. */
function state(request: ApiRequest): Answer {
  const { world, params, query } = request;
  const page = world.pages.get(Number(params.id));
  if (page && !seesPage(request, page)) {
    return v1Error(
      403,
      'com.atlassian.confluence.api.service.exceptions.PermissionException: Not permitted to view content',
    );
  }
  if (page?.status !== (query.get('status') ?? 'current')) {
    return v1Error(
      404,
      `com.atlassian.confluence.api.service.exceptions.NotFoundException: No content found with id: ContentId{id=${params.id}}`,
    );
  }
  return ok({});
}

const at = (path: string, answer: Endpoint['answer']): Endpoint => ({
  method: 'GET',
  template: `/wiki/rest/api/content/{id}/restriction${path}`,
  guard: 'site',
  scopes: READ,
  answer,
});

export const restrictionEndpoints: readonly Endpoint[] = [
  at('', all),
  at('/byOperation', byOperation),
  at('/byOperation/{operationKey}', oneOperation),
  {
    method: 'GET',
    template: '/wiki/rest/api/content/{id}/state',
    guard: 'site',
    scopes: [
      ['read:confluence-content.summary'],
      ['read:content-details:confluence'],
    ],
    answer: state,
  },
];
