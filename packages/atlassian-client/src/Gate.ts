// SPDX-License-Identifier: Apache-2.0
import type { Clock } from './clock';
import { QuotaExceededError } from './errors';
import type { RequestedWait } from './rateLimit';

/** A request that wants to leave. */
export interface Leaving {
  endpoint: string;
  signal?: AbortSignal;
  /** How many others are to follow it, each after the other; absent: it is not a part of a walk. */
  toFollow?: number;
}

interface Waiting {
  enter: () => void;
  toFollow: number;
}

interface Pause {
  until: number;
  reason: RequestedWait['reason'];
}

/**
 * Decides when a request of one client may leave: never more at a time than allowed, none while a
 * wait for the whole client is on, and none to an endpoint that is to be slowed down. Where there is no
 * place, the one with the longest way to go is the first of those that wait.
 */
export class Gate {
  readonly #clock: Clock;
  readonly #maxWaitMs: number;
  readonly #pauses = new Map<string, Pause>();
  readonly #queue: Waiting[] = [];
  #free: number;

  constructor(clock: Clock, concurrency: number, maxWaitMs: number) {
    this.#clock = clock;
    this.#free = concurrency;
    this.#maxWaitMs = maxWaitMs;
  }

  /** When the wait for the whole client ends, while one is on. */
  get pausedUntil(): Date | undefined {
    const until = this.#pauses.get('')?.until ?? 0;
    return until > this.#clock.now() ? new Date(until) : undefined;
  }

  /** Holds back one endpoint, or without `endpoint` everything. A longer wait stays. */
  pause(until: number, reason: Pause['reason'], endpoint = '') {
    const known = this.#pauses.get(endpoint);
    if (!known || known.until < until) {
      this.#pauses.set(endpoint, { until, reason });
    }
  }

  /**
   * Waits for a place and runs `send` in it. A wait longer than the limit is not sat out.
   *
   * @throws {@link QuotaExceededError} when the wait is too long
   */
  async run<T>(
    { endpoint, signal, toFollow = Infinity }: Leaving,
    send: () => Promise<T>,
  ): Promise<T> {
    for (;;) {
      await this.#sitOut(endpoint, signal);
      await this.#enter(toFollow, signal);
      try {
        // A wait may have begun while this request stood in the queue.
        if (!this.#pauseFor(endpoint)) {
          return await send();
        }
      } finally {
        this.#leave();
      }
    }
  }

  #pauseFor(endpoint: string): Pause | undefined {
    const now = this.#clock.now();
    const pauses = ['', endpoint]
      .map(key => this.#pauses.get(key))
      .filter((pause): pause is Pause => !!pause && pause.until > now);
    return pauses.sort((a, b) => b.until - a.until)[0];
  }

  async #sitOut(endpoint: string, signal?: AbortSignal) {
    signal?.throwIfAborted();
    for (
      let pause = this.#pauseFor(endpoint);
      pause;
      pause = this.#pauseFor(endpoint)
    ) {
      const ms = pause.until - this.#clock.now();
      if (ms > this.#maxWaitMs) {
        throw new QuotaExceededError(new Date(pause.until), pause.reason, {
          endpoint,
        });
      }
      await this.#clock.sleep(ms, signal);
      signal?.throwIfAborted();
    }
  }

  async #enter(toFollow: number, signal?: AbortSignal) {
    signal?.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    let onAbort = () => {};
    try {
      await new Promise<void>((resolve, reject) => {
        const waiting = { enter: resolve, toFollow };
        onAbort = () => {
          const place = this.#queue.indexOf(waiting);
          if (place >= 0) {
            this.#queue.splice(place, 1);
          }
          reject(signal?.reason);
        };
        this.#queue.splice(this.#placeFor(toFollow), 0, waiting);
        signal?.addEventListener('abort', onAbort, { once: true });
      });
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Behind everybody with at least as long a way to go. */
  #placeFor(toFollow: number): number {
    const before = this.#queue.findLastIndex(
      waiting => waiting.toFollow >= toFollow,
    );
    return before + 1;
  }

  #leave() {
    const next = this.#queue.shift();
    if (next) {
      next.enter();
    } else {
      this.#free += 1;
    }
  }
}
