// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { ListEndpoint } from './endpoints';
import {
  CursorRefusedError,
  RepeatedCursorError,
  UpstreamError,
} from './errors';
import type { Answer } from './exchange';
import { detailsOf } from './failures';
import { maxCursorLength } from './lists';
import { readRecords } from './records';
import type { ListPage } from './types';

// A next of a kind we do not know must not pass for the end of the list.
const links = z.object({ next: z.string().nullish() }).nullish();

const pageSchema = z
  .object({ data: z.array(z.unknown()), links })
  // The list of service accounts calls its records so.
  .or(
    z
      .object({ items: z.array(z.unknown()), links })
      .transform(({ items, ...rest }) => ({ ...rest, data: items })),
  );

/**
 * Reads one answer of a list of the organization's API, which goes on with a bare cursor. A record
 * that does not fit is reported, never thrown.
 *
 * @throws {@link UpstreamError} of kind `invalid-response` when the answer is not a list
 * @throws {@link RepeatedCursorError} when the list would go on where it already was
 */
export function readAdminListPage<T>(
  endpoint: ListEndpoint,
  cursor: string | undefined,
  answer: Answer,
  schema: z.ZodType<T>,
): ListPage<T> {
  const details = detailsOf(endpoint, answer);
  const parsed = pageSchema.safeParse(answer.json);
  if (!parsed.success) {
    throw new UpstreamError('invalid-response', {
      ...details,
      reason: 'not a list',
    });
  }
  const { data, links: toward } = parsed.data;
  const next = toward?.next ?? undefined;
  if (next === '' || (next && next.length > maxCursorLength)) {
    // A list that says it goes on but not where must not pass for a whole one.
    throw new UpstreamError('invalid-response', {
      ...details,
      reason: 'a next link without a usable cursor',
    });
  }
  if (next !== undefined && next === cursor) {
    throw new RepeatedCursorError(details);
  }
  return {
    ...readRecords(data, schema),
    ...(next !== undefined && { next }),
  };
}

/** Says of a refusal as wrong that it can be the cursor's. */
export function explainStaleCursor(
  endpoint: ListEndpoint,
  cursor: string | undefined,
) {
  return (answer: Answer): CursorRefusedError | undefined =>
    answer.status === 400 && cursor !== undefined
      ? new CursorRefusedError(detailsOf(endpoint, answer))
      : undefined;
}
