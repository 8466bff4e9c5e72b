// SPDX-License-Identifier: Apache-2.0
import { request, type Dispatcher } from 'undici';
import { type ErrorDetails, UpstreamError } from './errors';
import { AddressRefusal } from './hostLookup';
import { type AnswerHeaders, header } from './rateLimit';

/** One HTTP request, ready to be sent. */
export interface OutgoingRequest {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body?: string;
}

/** One HTTP answer, read to its end. */
export interface Answer {
  status: number;
  headers: AnswerHeaders;
  /** The body where it is JSON, else `undefined`. It is parsed when it is first asked for. */
  readonly json: unknown;
}

/** How an exchange is bounded. */
export interface ExchangeLimits {
  dispatcher: Dispatcher;
  timeoutMs: number;
  maxResponseBytes: number;
  signal?: AbortSignal;
}

/**
 * Sends one request and reads the whole answer. Redirects are answers like any other: nothing is
 * followed.
 *
 * @param endpoint - how errors name what was asked
 * @throws {@link UpstreamError} of kind `network`, `timeout`, `address` or `invalid-response`, without a
 * cause: that could hold parts of the request or of the answer. When `signal` aborts, its reason.
 */
export async function exchange(
  outgoing: OutgoingRequest,
  endpoint: string,
  limits: ExchangeLimits,
): Promise<Answer> {
  const { dispatcher, timeoutMs, maxResponseBytes, signal } = limits;
  // Taken back with the answer: signals of `any` and `timeout` would stay in memory until the time is over.
  const ending = new AbortController();
  const onAbort = () => ending.abort();
  const deadline = setTimeout(onAbort, timeoutMs);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    signal?.throwIfAborted();
    const answer = await request(outgoing.url, {
      method: outgoing.method,
      headers: outgoing.headers,
      body: outgoing.body,
      dispatcher,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal: ending.signal,
    });
    const details = { endpoint, traceId: readTraceId(answer.headers) };
    const text = await readText(answer.body, maxResponseBytes, details);
    return answerOf(answer, text);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof UpstreamError) {
      throw error;
    }
    if (error instanceof AddressRefusal) {
      throw new UpstreamError('address', { endpoint });
    }
    const code = readCode(error);
    const late = ending.signal.aborted || /TIMEOUT|ETIMEDOUT/.test(code ?? '');
    throw new UpstreamError(late ? 'timeout' : 'network', { endpoint, code });
  } finally {
    clearTimeout(deadline);
    signal?.removeEventListener('abort', onAbort);
  }
}

function answerOf(
  { statusCode: status, headers }: Dispatcher.ResponseData,
  text: string,
): Answer {
  let unparsed: string | undefined = saysJson(headers) ? text : undefined;
  let json: unknown;
  return {
    status,
    headers,
    get json() {
      if (unparsed !== undefined) {
        json = parseJson(unparsed);
        unparsed = undefined;
      }
      return json;
    },
  };
}

async function readText(
  body: Dispatcher.ResponseData['body'],
  maxBytes: number,
  details: ErrorDetails,
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early destroys the body and with it the connection.
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new UpstreamError('invalid-response', {
        ...details,
        reason: `more than ${maxBytes} bytes`,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Whether an answer calls itself JSON. */
export function saysJson(headers: AnswerHeaders): boolean {
  const type = header(headers, 'content-type') ?? '';
  return /^application\/([\w.+-]+\+)?json\b/i.test(type);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readCode(error: unknown): string | undefined {
  const code =
    typeof error === 'object' && error !== null && 'code' in error
      ? error.code
      : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,50}$/.test(code)
    ? code
    : undefined;
}

/** Atlassian's trace id, where it has a shape that is safe to show. */
export function readTraceId(headers: AnswerHeaders): string | undefined {
  return [
    header(headers, 'atl-traceid'),
    header(headers, 'atl-request-id'),
  ].find(value => value !== undefined && /^[A-Za-z0-9-]{8,64}$/.test(value));
}
