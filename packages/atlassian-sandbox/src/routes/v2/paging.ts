// SPDX-License-Identifier: Apache-2.0
import { Answer, ApiRequest, ok, Refusal, v2Error } from '../../api';
import {
  decodeCursor,
  encodeCursor,
  indexAfter,
  markOf,
  Order,
  positionOf,
} from '../../cursor';

export function invalid(message: string): Refusal {
  return new Refusal(v2Error(400, 'INVALID_REQUEST_PARAMETER', message));
}

export function notFound(): Refusal {
  return new Refusal(v2Error(404, 'NOT_FOUND', 'Not Found'));
}

/** The limit of a v2 list: 1 to 250. */
export function limitOf(query: URLSearchParams, fallback = 25): number {
  const text = query.get('limit');
  if (text === null) return fallback;
  const limit = Number(text);
  if (!/^\d{1,9}$/.test(text) || limit < 1 || limit > 250) {
    throw invalid(
      `Provided value {${text}} for 'limit' is not the correct type. Expected type is integer from 1 to 250`,
    );
  }
  return limit;
}

/** The values of a comma separated or repeated parameter; undefined when it is absent. */
export function listOf(
  query: URLSearchParams,
  name: string,
  max = 250,
): string[] | undefined {
  if (!query.has(name)) return undefined;
  const values = query
    .getAll(name)
    .flatMap(text => text.split(','))
    .filter(text => text !== '');
  if (values.length > max)
    throw invalid(`'${name}' must not name more than ${max} values`);
  return values;
}

/** As `listOf`, for numbers; anything else is refused. */
export function idsOf(
  query: URLSearchParams,
  name: string,
  max = 250,
): Set<number> | undefined {
  const values = listOf(query, name, max);
  if (!values) return undefined;
  for (const value of values) {
    if (!/^\d{1,15}$/.test(value))
      throw invalid(
        `Provided value {${value}} for '${name}' is not the correct type. Expected type is long`,
      );
  }
  return new Set(values.map(Number));
}

/**
 * One page of a list that stands in `order`: the rows after the cursor, a Link header and a body
 * link, both relative and both with `/wiki`.
 */
export function v2Page<T>(
  request: ApiRequest,
  path: string,
  sorted: readonly T[],
  order: Order<T>,
  shape: (item: T) => unknown,
): Answer {
  const { query, siteUrl } = request;
  const limit = limitOf(query);
  const filters = [...query]
    .filter(([name]) => name !== 'cursor' && name !== 'limit')
    .sort();
  const mark = markOf([path, filters]);
  const cursor = query.get('cursor');
  const position = cursor === null ? undefined : decodeCursor(cursor, mark);
  if (cursor !== null && !position) throw invalid('Invalid cursor value');
  const from = position ? indexAfter(sorted, order, position) : 0;
  const rows = sorted.slice(from, from + limit);
  const links: Record<string, string> = { base: `${siteUrl}/wiki` };
  const headers: Record<string, string> = {};
  if (from + rows.length < sorted.length) {
    const next = new URLSearchParams(query);
    next.set(
      'cursor',
      encodeCursor(positionOf(order, rows[rows.length - 1]), mark),
    );
    links.next = `/wiki/api/v2${path}?${next}`;
    headers.link = `<${links.next}>; rel="next", <${siteUrl}/wiki>; rel="base"`;
  }
  return ok({ results: rows.map(shape), _links: links }, headers);
}
