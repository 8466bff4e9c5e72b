// SPDX-License-Identifier: Apache-2.0
import { ApiRequest, Refusal, v1Error } from '../../api';

/** A whole number from the query, or the default; anything else is refused as the site does. */
export function numberOf(
  query: URLSearchParams,
  name: string,
  fallback: number,
): number {
  const text = query.get(name);
  if (text === null) return fallback;
  if (!/^\d{1,9}$/.test(text)) {
    throw new Refusal(
      v1Error(
        400,
        `com.atlassian.confluence.api.service.exceptions.BadRequestException: ${name} must be a whole number that is not negative`,
      ),
    );
  }
  return Number(text);
}

/** The slice of a list that `start` and `limit` name, in the v1 envelope. */
export function v1Page<T>(
  request: ApiRequest,
  path: string,
  all: readonly T[],
  shape: (item: T) => unknown,
  options: {
    limit?: number;
    max?: number;
    total?: boolean;
    stopAt?: number;
  } = {},
): Record<string, unknown> {
  const { query, siteUrl } = request;
  const start = numberOf(query, 'start', 0);
  const asked = numberOf(query, 'limit', options.limit ?? 200);
  const limit = Math.min(asked, options.max ?? 200);
  const end = Math.min(all.length, options.stopAt ?? all.length);
  const results = all.slice(start, Math.min(start + limit, end)).map(shape);
  const more = limit > 0 && start + results.length < end && results.length > 0;
  const links: Record<string, string> = {
    base: `${siteUrl}/wiki`,
    context: '/wiki',
    self: `${siteUrl}/wiki/rest/api${path}`,
  };
  if (more)
    links.next = nextLink(path, query, {
      limit: String(limit),
      start: String(start + results.length),
    });
  return {
    results,
    start,
    limit,
    size: results.length,
    ...(options.total ? { totalSize: all.length } : {}),
    _links: links,
  };
}

/** A v1 next link: relative, and without the `/wiki` its base ends in. */
export function nextLink(
  path: string,
  query: URLSearchParams,
  changed: Record<string, string>,
): string {
  const next = new URLSearchParams({ next: 'true' });
  for (const [name, value] of query) {
    if (name !== 'next' && !(name in changed)) next.append(name, value);
  }
  for (const [name, value] of Object.entries(changed)) next.set(name, value);
  return `/rest/api${path}?${next}`;
}
