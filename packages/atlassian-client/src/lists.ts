// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { endpointName, type ListEndpoint } from './endpoints';
import { RepeatedCursorError, UpstreamError } from './errors';
import { type Answer, readTraceId } from './exchange';
import { readRecords } from './records';
import type { ListPage } from './types';

/** What a list call asks for. */
export interface ListQuery {
  cursor?: string;
  limit: number;
}

const count = z.number().int().nonnegative().optional().catch(undefined);
const envelopeSchema = z.object({
  results: z.array(z.unknown()),
  limit: count,
  totalSize: count,
  // A next link of a kind we do not know must not pass for the end of the list.
  _links: z.object({ next: z.string().nullish() }).nullish(),
});

const startMark = 'start:';
/** No cursor of Atlassian is as long. */
export const maxCursorLength = 8192;

/**
 * The query parameters that a cursor of ours stands for.
 *
 * @throws TypeError when the cursor is not one that this client gave for such a list
 */
export function positionOf(
  cursor: string | undefined,
  style: ListEndpoint['style'],
): { start?: number; cursor?: string } {
  if (cursor === undefined) {
    return style === 'start' ? { start: 0 } : {};
  }
  const start = /^start:(\d{1,9})$/.exec(cursor)?.[1];
  if (style === 'start' && start !== undefined) {
    return { start: Number(start) };
  }
  if (cursor === '' || cursor.startsWith(startMark)) {
    throw new TypeError('cursor must be the "next" of an earlier answer');
  }
  return { cursor };
}

/**
 * Reads one answer of a list. A record that does not fit is reported, never thrown.
 *
 * @throws {@link UpstreamError} of kind `invalid-response` when the answer is not a list
 * @throws {@link RepeatedCursorError} when the list would go on where it already was
 */
export function readListPage<T>(
  endpoint: ListEndpoint,
  query: ListQuery,
  answer: Answer,
  schema: z.ZodType<T>,
): ListPage<T> {
  const details = {
    endpoint: endpointName(endpoint),
    traceId: readTraceId(answer.headers),
  };
  const parsed = envelopeSchema.safeParse(answer.json);
  if (!parsed.success) {
    throw new UpstreamError('invalid-response', {
      ...details,
      reason: 'not a list',
    });
  }
  const { results, limit, totalSize, _links } = parsed.data;
  const link = _links?.next ?? linkHeader(answer);
  const target = link === undefined ? undefined : parametersOf(link);
  const { start } = positionOf(query.cursor, endpoint.style);
  const next =
    cursorOf(target) ??
    (start === undefined
      ? undefined
      : nextStart(start, {
          size: results.length,
          limit: limit ?? query.limit,
          total: totalSize,
          linked: target && Number(target.get('start')),
        }));
  if (link !== undefined && next === undefined) {
    // A list that says it goes on but not where must not pass for a whole one.
    throw new UpstreamError('invalid-response', {
      ...details,
      reason: 'a next link without a usable cursor',
    });
  }
  if (next !== undefined && next === (query.cursor ?? `${startMark}0`)) {
    throw new RepeatedCursorError(details);
  }
  return {
    ...readRecords(results, schema),
    ...(next !== undefined && { next }),
    ...(totalSize !== undefined && { total: totalSize }),
    ...(limit !== undefined && { limit }),
  };
}

/**
 * Goes on behind the records that came, not behind those that were asked for. A list ends where a
 * page is not full, no next link stands and no known total is left to reach.
 */
function nextStart(
  start: number,
  page: { size: number; limit: number; total?: number; linked?: number },
): string | undefined {
  const { size, limit, total, linked } = page;
  if (size === 0) {
    // An empty page that goes on can only go where its link says; the same place is a loop.
    return linked === undefined
      ? undefined
      : `${startMark}${linked > start ? linked : start}`;
  }
  const more =
    linked !== undefined ||
    (total === undefined ? size >= limit : start + size < total);
  return more ? `${startMark}${start + size}` : undefined;
}

/** Only the parameters of a link are read. Where it points is of no interest. */
function parametersOf(link: string): URLSearchParams {
  const query = link.split('#')[0].split('?').slice(1).join('?');
  return new URLSearchParams(query);
}

function cursorOf(target: URLSearchParams | undefined): string | undefined {
  const cursor = target?.get('cursor');
  const usable =
    cursor && cursor.length <= maxCursorLength && !cursor.startsWith(startMark);
  return usable ? cursor : undefined;
}

function linkHeader(answer: Answer): string | undefined {
  const value = [answer.headers.link ?? ''].flat().join(', ');
  return /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(value)?.[1];
}

/**
 * The cursor some records behind another, of a list that is read by position; undefined where nobody
 * knows it. It is right as long as all pages before it are full.
 *
 * @param cursor - the `next` of an answer
 * @param records - how many records lie between the two, a whole number of pages
 * @public
 */
export function cursorBehind(
  cursor: string,
  records: number,
): string | undefined {
  return cursor.startsWith(startMark)
    ? `${startMark}${Number(cursor.slice(startMark.length)) + records}`
    : undefined;
}

/**
 * Notes a cursor and refuses one that was there before.
 *
 * @param seen - the cursors of this list so far; `next` is added
 * @param next - the cursor the list goes on with, if it goes on
 * @param endpoint - how the error names the list
 * @throws {@link RepeatedCursorError}
 * @public
 */
export function assertFreshCursor(
  seen: Set<string>,
  next: string | undefined,
  endpoint: string = 'list',
): void {
  if (next === undefined) {
    return;
  }
  if (seen.has(next)) {
    throw new RepeatedCursorError({ endpoint });
  }
  seen.add(next);
}

/**
 * Reads a list page by page to its end.
 *
 * @param read - reads the page at a cursor, the first without one
 * @param options - `cursor` to go on where an earlier process stopped
 * @throws {@link RepeatedCursorError} when the list repeats a cursor
 * @public
 */
export async function* listPages<T>(
  read: (cursor: string | undefined) => Promise<ListPage<T>>,
  options: { cursor?: string } = {},
): AsyncGenerator<ListPage<T>, void, undefined> {
  const seen = new Set<string>();
  let { cursor } = options;
  assertFreshCursor(seen, cursor);
  do {
    const page = await read(cursor);
    assertFreshCursor(seen, page.next);
    yield page;
    cursor = page.next;
  } while (cursor !== undefined);
}
