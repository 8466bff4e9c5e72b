// SPDX-License-Identifier: Apache-2.0
import type { Endpoint } from './endpoints';
import type { Answer } from './exchange';

/**
 * One request that was sent. It holds no id, no query and nothing of the answer.
 *
 * @public
 */
export interface RequestEvent {
  /** HTTP method. */
  method: string;
  /** Path template, such as `/api/v2/spaces/{spaceId}/pages`. */
  endpoint: string;
  /** HTTP status. Absent when no answer came. */
  status?: number;
  /** From sending to the end of the answer, in milliseconds. */
  durationMs: number;
  /** Points by Atlassian's price list: 1 per request, 1 per core object, 2 per identity object. */
  points: number;
  /** 1 for the first try. */
  attempt: number;
}

/**
 * What one client has sent so far.
 *
 * @public
 */
export interface ClientStats {
  /** Requests sent, tries counted one by one. */
  requests: number;
  /** Of them, those that were a further try. */
  retries: number;
  /** Answers that said "too many requests". */
  throttled: number;
  /** Points by Atlassian's price list. */
  points: number;
  /** End of the wait during which no request leaves, while one is on. */
  pausedUntil?: Date;
}

/** Counts requests and points, and tells an observer about each request. */
export class Meter {
  readonly #onRequest?: (event: RequestEvent) => void;
  #requests = 0;
  #retries = 0;
  #throttled = 0;
  #points = 0;

  constructor(onRequest?: (event: RequestEvent) => void) {
    this.#onRequest = onRequest;
  }

  record(
    endpoint: Endpoint,
    answer: Answer | undefined,
    facts: { durationMs: number; attempt: number },
  ) {
    const points = pointsOf(endpoint, answer);
    this.#requests += 1;
    this.#retries += facts.attempt > 1 ? 1 : 0;
    this.#throttled += answer?.status === 429 ? 1 : 0;
    this.#points += points;
    try {
      this.#onRequest?.({
        method: endpoint.method,
        endpoint: endpoint.path,
        status: answer?.status,
        points,
        ...facts,
      });
    } catch {
      // An observer that fails must not break the read it observes.
    }
  }

  totals(): ClientStats {
    return {
      requests: this.#requests,
      retries: this.#retries,
      throttled: this.#throttled,
      points: this.#points,
    };
  }
}

function pointsOf(endpoint: Endpoint, answer: Answer | undefined): number {
  if (endpoint.weight === undefined) {
    return 0;
  }
  if (answer?.status !== 200) {
    return 1;
  }
  return 1 + endpoint.weight * objectsIn(endpoint, answer.json);
}

/**
 * The objects an answer is about. What each carries with it, such as a page's author or ancestors,
 * is not counted by itself.
 */
function objectsIn(endpoint: Endpoint, json: unknown): number {
  if (endpoint.objects === 'restriction-subjects') {
    const lists = at(json, 'restrictions');
    return ['user', 'group']
      .map(kind => at(at(lists, kind), 'results'))
      .reduce<number>((sum, list) => sum + lengthOf(list, 0), 0);
  }
  return lengthOf(at(json, 'results'), 1);
}

function at(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null
    ? Reflect.get(json, name)
    : undefined;
}

function lengthOf(list: unknown, otherwise: number): number {
  return Array.isArray(list) ? list.length : otherwise;
}
