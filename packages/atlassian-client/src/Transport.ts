// SPDX-License-Identifier: Apache-2.0
import { setImmediate } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { type Clock } from './clock';
import type { Credential } from './credentials';
import { type Endpoint, endpointName } from './endpoints';
import {
  type AtlassianError,
  QuotaExceededError,
  UpstreamError,
  type UpstreamErrorKind,
} from './errors';
import { type Answer, exchange, readTraceId } from './exchange';
import { Gate } from './Gate';
import { backoffMs, readRequestedWait } from './rateLimit';
import { failureOf, saysScopeMissing } from './failures';
import { type Query, withQuery } from './site';
import { type ClientStats, Meter, type RequestEvent } from './Meter';

/** How a transport behaves. */
export interface TransportOptions {
  dispatcher: Dispatcher;
  clock: Clock;
  concurrency: number;
  maxWaitMs: number;
  timeoutMs: number;
  maxResponseBytes: number;
  userAgent: string;
  onRequest?: (event: RequestEvent) => void;
}

/** One thing to ask. `base` and `path` together are the address, `endpoint` is its public name. */
export interface Ask {
  endpoint: Endpoint;
  base: string;
  path: string;
  query?: Query;
  body?: unknown;
  credential?: Credential;
  signal?: AbortSignal;
  /** How many requests of the same walk are to follow; absent: it is not a part of one. */
  toFollow?: number;
  /** Send again only what cannot have arrived: what is asked for can be had once. */
  once?: boolean;
  /** A good answer is 204 without a body. */
  answersNothing?: boolean;
  /** What a bad answer means to whoever asks, where that is not what it always means. */
  explain?: (answer: Answer) => AtlassianError | undefined;
}

/** At most this many requests are sent for one ask, renewal of a token apart. */
const maxTries = 4;

/** The client has been closed, so that no further try can help. */
const closedCodes = new Set(['UND_ERR_DESTROYED', 'UND_ERR_CLOSED']);

/** No connection came about, so that nothing can have been sent. */
const unsentCodes = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Failures that another try would only repeat. */
const lastingKinds = new Set<UpstreamErrorKind>([
  'invalid-response',
  'address',
]);

/**
 * Lets whoever waited for the place send first: what is made of an answer may take a while. undici writes
 * to a connection that was used before only two turns of the event loop later.
 */
async function othersSend(): Promise<void> {
  await setImmediate();
  await setImmediate();
}

/**
 * Sends requests of one client: through the gate, again where that can help, and with every failure
 * turned into an error of this package. Whatever it sends is free of side effects at Atlassian and
 * may be sent again, unless the one who asks says otherwise.
 */
export class Transport {
  readonly #options: TransportOptions;
  readonly #gate: Gate;
  readonly #meter: Meter;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#gate = new Gate(
      options.clock,
      options.concurrency,
      options.maxWaitMs,
    );
    this.#meter = new Meter(options.onRequest);
  }

  /** What has been sent so far, and whether a wait for the whole client is on. */
  stats(): ClientStats {
    const { pausedUntil } = this.#gate;
    return { ...this.#meter.totals(), ...(pausedUntil && { pausedUntil }) };
  }

  /**
   * Asks, and gives the JSON of a good answer with its headers.
   *
   * @throws the errors of this package; when `signal` aborts, its reason
   */
  async ask(ask: Ask): Promise<Answer> {
    const { clock } = this.#options;
    let renewed = false;
    for (let attempt = 1; ; attempt += 1) {
      const authorization = await ask.credential?.authorization(ask.signal);
      const result = await this.#try(ask, authorization, attempt);
      if (
        !(result instanceof UpstreamError) &&
        (ask.answersNothing
          ? result.status === 204
          : result.status === 200 && result.json !== undefined)
      ) {
        return result;
      }
      const refused =
        !(result instanceof UpstreamError) &&
        result.status === 401 &&
        !saysScopeMissing(result);
      if (refused && authorization && ask.credential?.renew && !renewed) {
        ask.credential.renew(authorization);
        renewed = true;
        attempt -= 1;
        continue;
      }
      const wait = this.#waitAfter(ask, result, attempt);
      if (wait === undefined) {
        throw result instanceof UpstreamError
          ? result
          : ask.explain?.(result) ?? failureOf(ask, result);
      }
      if (wait > 0) {
        await clock.sleep(wait, ask.signal);
      }
    }
  }

  /** Sends once. A failure that another try can heal comes back, any other is thrown. */
  async #try(
    ask: Ask,
    authorization: string | undefined,
    attempt: number,
  ): Promise<Answer | UpstreamError> {
    const { clock, dispatcher, timeoutMs, maxResponseBytes, userAgent } =
      this.#options;
    const { endpoint, body, signal, toFollow } = ask;
    const name = endpointName(endpoint);
    const leaving = { endpoint: name, signal, toFollow };
    const sent: { answer?: Answer; durationMs?: number } = {};
    const send = async () => {
      const started = clock.now();
      try {
        sent.answer = await exchange(
          {
            method: endpoint.method,
            url: withQuery(ask.base + ask.path, ask.query),
            headers: {
              accept: 'application/json',
              'user-agent': userAgent,
              ...(authorization && { authorization }),
              ...(body !== undefined && { 'content-type': 'application/json' }),
              // What changes something is taken for a form of a browser otherwise.
              ...(endpoint.method === 'DELETE' && {
                'x-atlassian-token': 'no-check',
              }),
            },
            body: body === undefined ? undefined : JSON.stringify(body),
          },
          name,
          { dispatcher, timeoutMs, maxResponseBytes, signal },
        );
        return sent.answer;
      } catch (error) {
        if (error instanceof UpstreamError && !lastingKinds.has(error.kind)) {
          return error;
        }
        throw error;
      } finally {
        sent.durationMs = clock.now() - started;
        if (sent.answer) {
          this.#obey(name, sent.answer, attempt);
        }
      }
    };
    try {
      return await this.#gate.run(leaving, send);
    } finally {
      const { answer, durationMs } = sent;
      if (answer) {
        await othersSend();
      }
      if (durationMs !== undefined) {
        this.#meter.record(endpoint, answer, { durationMs, attempt });
      }
    }
  }

  /** Holds back what Atlassian asks to hold back, before the place in the gate is given on. */
  #obey(name: string, answer: Answer, attempt: number) {
    const { clock } = this.#options;
    if (answer.status !== 429 && answer.status !== 503) {
      return;
    }
    const now = clock.now();
    const { status, headers } = answer;
    const { until, reason } = readRequestedWait(status, headers, now);
    if (until === undefined && answer.status === 503) {
      return;
    }
    this.#gate.pause(
      until ?? now + backoffMs(attempt, clock.random()),
      reason,
      reason === 'burst' ? name : undefined,
    );
  }

  /** How long to wait before another try; `undefined` when there is to be none. */
  #waitAfter(
    ask: Ask,
    result: Answer | UpstreamError,
    attempt: number,
  ): number | undefined {
    const { clock } = this.#options;
    if (result instanceof UpstreamError) {
      const code = result.code ?? '';
      const mayHelp = ask.once ? unsentCodes.has(code) : !closedCodes.has(code);
      return attempt < maxTries && mayHelp
        ? backoffMs(attempt, clock.random())
        : undefined;
    }
    const tries = ask.once ? 1 : maxTries;
    const { status, headers } = result;
    if (status === 429) {
      if (attempt < tries) {
        // The gate holds the next try back for as long as was asked.
        return 0;
      }
      const asked = readRequestedWait(status, headers, clock.now());
      throw new QuotaExceededError(
        new Date(asked.until ?? clock.now() + backoffMs(attempt, 0.5)),
        asked.reason,
        {
          endpoint: endpointName(ask.endpoint),
          traceId: readTraceId(headers),
        },
      );
    }
    if (status >= 500 && attempt < tries) {
      const asked = readRequestedWait(status, headers, clock.now());
      return asked.until && status === 503
        ? 0
        : backoffMs(attempt, clock.random());
    }
    return undefined;
  }
}
