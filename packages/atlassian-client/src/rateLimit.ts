// SPDX-License-Identifier: Apache-2.0

/** The headers of an answer, lower case. */
export type AnswerHeaders = Readonly<
  Record<string, string | readonly string[] | undefined>
>;

/** A wait that Atlassian asked for. */
export interface RequestedWait {
  /** Milliseconds since the epoch; `undefined` when no moment was named. */
  until?: number;
  reason: 'quota' | 'burst' | 'unspecified';
}

const dayMs = 24 * 60 * 60 * 1000;
const hourMs = 60 * 60 * 1000;

/** The first value of a header. */
export function header(
  headers: AnswerHeaders,
  name: string,
): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

/**
 * Reads the wait that an answer with 429 or 503 asks for. A 503 is about no limit: the headers of
 * the limits, which any answer may carry, say nothing about when the server is well again.
 */
export function readRequestedWait(
  status: number,
  headers: AnswerHeaders,
  now: number,
): RequestedWait {
  const after = readRetryAfter(header(headers, 'retry-after'), now);
  if (status !== 429) {
    return { reason: 'unspecified', until: after };
  }
  const reason = readReason(header(headers, 'ratelimit-reason'));
  const reset = readReset(header(headers, 'x-ratelimit-reset'), now);
  if (reason === 'quota') {
    const until = Math.max(after ?? 0, reset ?? 0);
    // Points come back at the top of the UTC hour, also when the answer does not say so.
    return { reason, until: until || (Math.floor(now / hourMs) + 1) * hourMs };
  }
  if (reason === 'burst') {
    return { reason, until: after };
  }
  return { reason, until: after ?? reset };
}

function readReason(value: string | undefined): RequestedWait['reason'] {
  const text = value?.toLowerCase() ?? '';
  if (text.includes('burst')) {
    return 'burst';
  }
  return /quota|global|tenant/.test(text) ? 'quota' : 'unspecified';
}

/** Seconds or an HTTP date. What lies in the past or makes no sense counts as not said. */
function readRetryAfter(value: string | undefined, now: number) {
  const text = value?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) {
    return sane(now + Number(text) * 1000, now);
  }
  return /^[A-Za-z]{3,9},? /.test(text)
    ? sane(Date.parse(text), now)
    : undefined;
}

/** ISO 8601, sometimes without seconds and without a zone, which then is UTC. */
function readReset(value: string | undefined, now: number) {
  const text = value?.trim() ?? '';
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) {
    return undefined;
  }
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`;
  return sane(Date.parse(zoned), now);
}

function sane(moment: number, now: number): number | undefined {
  if (!Number.isFinite(moment) || moment <= now) {
    return undefined;
  }
  return Math.min(moment, now + dayMs);
}

/**
 * The wait before the next try when none was asked for: 2, 4, 8, 16 s, at most 30 s, spread by a
 * factor from 0.7 to 1.3.
 *
 * @param failures - how many tries have failed, 1 or more
 * @param random - a number from 0 to 1
 */
export function backoffMs(failures: number, random: number): number {
  const base = Math.min(2 ** failures * 1000, 30_000);
  return Math.round(base * (0.7 + 0.6 * random));
}
