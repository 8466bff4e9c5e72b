// SPDX-License-Identifier: Apache-2.0
import { Answer, gatewayError, v1Error, v2Error } from '../api';
import { FaultSpec } from './types';

type Body = Record<string, unknown>;

const isBody = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a status fault answers, in the envelope of the API it strikes. */
export function statusAnswer(
  spec: Extract<FaultSpec, { kind: 'status' }>,
  endpoint: string,
): Answer {
  const { status } = spec;
  const headers: Record<string, string> = {};
  if (spec.retryAfter !== undefined)
    headers['retry-after'] = String(spec.retryAfter);
  if (spec.reset !== undefined) headers['x-ratelimit-reset'] = spec.reset;
  if (status === 429) {
    headers['x-ratelimit-remaining'] = '0';
    headers['x-ratelimit-nearlimit'] = 'true';
    headers['ratelimit-reason'] = spec.reason ?? 'confluence-burst-based';
  }
  if (status === 401)
    return {
      ...gatewayError(401, 'Unauthorized; scope does not match'),
      headers,
    };
  if (status === 429)
    return { ...gatewayError(429, 'Rate limit exceeded.'), headers };
  const answer = endpoint.includes('/api/v2/')
    ? v2Error(
        status,
        status === 404 ? 'NOT_FOUND' : 'INTERNAL_SERVER_ERROR',
        status === 404 ? 'Not Found' : 'Something went wrong',
      )
    : v1Error(status, status === 404 ? 'Not Found' : 'Something went wrong');
  return { ...answer, headers };
}

function rows(body: Body): unknown[] | undefined {
  const list = body.results ?? body.data ?? body.items;
  return Array.isArray(list) ? list : undefined;
}

function withRows(body: Body, list: unknown[]): Body {
  const name =
    ['results', 'data', 'items'].find(key => Array.isArray(body[key])) ??
    'data';
  return {
    ...body,
    [name]: list,
    ...('size' in body ? { size: list.length } : {}),
  };
}

/** No rows, and a total that agrees: the lie that is hardest to notice. */
function emptied(body: Body): Body {
  const total = 'totalSize' in body ? { totalSize: 0 } : {};
  return { ...withRows(body, []), ...total };
}

/** The answer without any way to a next page. */
function withoutNext(answer: Answer, body: Body): Answer {
  const { link: _, ...headers } = answer.headers ?? {};
  const cut = { ...body };
  for (const name of ['_links', 'links']) {
    const links = cut[name];
    if (isBody(links)) {
      const { next: __, ...rest } = links;
      cut[name] = rest;
    }
  }
  return { ...answer, headers, body: cut };
}

/** The next link with the cursor or start of the page it stands on. */
function repeated(answer: Answer, body: Body, query: URLSearchParams): Answer {
  // The Admin API goes on with a bare cursor.
  if (isBody(body.links) && body.links.next !== undefined) {
    const next = query.get('cursor') ?? body.links.next;
    return { ...answer, body: { ...body, links: { ...body.links, next } } };
  }
  const links = body._links;
  if (!isBody(links) || typeof links.next !== 'string') return answer;
  const [path, text] = links.next.split('?');
  const next = new URLSearchParams(text);
  for (const name of ['cursor', 'start']) {
    const own = query.get(name);
    if (own !== null) next.set(name, own);
  }
  const link = `${path}?${next}`;
  const headers = answer.headers?.link
    ? { ...answer.headers, link: `<${link}>; rel="next"` }
    : answer.headers;
  return {
    ...answer,
    headers,
    body: { ...body, _links: { ...links, next: link } },
  };
}

/** Sets a field, given as `a.b.c`, of a copy of a row. */
function withField(row: unknown, field: string, value: unknown): unknown {
  if (!isBody(row)) return row;
  const [name, ...rest] = field.split('.');
  return {
    ...row,
    [name]:
      rest.length === 0 ? value : withField(row[name], rest.join('.'), value),
  };
}

/** An ordinary answer, made wrong as a fault says; faults that are not about the body leave it alone. */
export function distort(
  answer: Answer,
  spec: FaultSpec,
  query: URLSearchParams,
): Answer {
  const { body } = answer;
  if (answer.status !== 200 || !isBody(body)) return answer;
  const list = rows(body);
  switch (spec.kind) {
    case 'empty':
      return list ? withoutNext(answer, emptied(body)) : answer;
    case 'truncate': {
      const cut =
        list && spec.drop
          ? withRows(body, list.slice(0, Math.max(0, list.length - spec.drop)))
          : body;
      return spec.omitNext
        ? withoutNext(answer, cut)
        : { ...answer, body: cut };
    }
    case 'field': {
      const value = spec.value === undefined ? null : spec.value;
      if (!list) return { ...answer, body: withField(body, spec.field, value) };
      const at = spec.row ?? 0;
      return {
        ...answer,
        body: withRows(
          body,
          list.map((row, i) =>
            i === at ? withField(row, spec.field, value) : row,
          ),
        ),
      };
    }
    case 'repeat-cursor':
      return repeated(answer, body, query);
    default:
      return answer;
  }
}
