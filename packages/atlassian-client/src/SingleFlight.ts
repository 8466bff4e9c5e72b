// SPDX-License-Identifier: Apache-2.0

interface Flight<T> {
  promise: Promise<T>;
  controller: AbortController;
  waiting: number;
}

/**
 * Lets callers that want the same thing at the same time share one attempt. A caller that aborts
 * leaves the others waiting; when the last one has left, the attempt itself is aborted.
 */
export class SingleFlight<T> {
  #flight?: Flight<T>;

  async run(
    start: (signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    signal?.throwIfAborted();
    const flight = this.#flight ?? this.#begin(start);
    flight.waiting += 1;
    try {
      return await untilAborted(flight.promise, signal);
    } finally {
      flight.waiting -= 1;
      if (flight.waiting === 0) {
        this.#forget(flight);
        flight.controller.abort();
      }
    }
  }

  #begin(start: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController();
    const flight: Flight<T> = {
      promise: start(controller.signal),
      controller,
      waiting: 0,
    };
    const forget = () => this.#forget(flight);
    flight.promise.then(forget, forget);
    this.#flight = flight;
    return flight;
  }

  #forget(flight: Flight<T>) {
    if (this.#flight === flight) {
      this.#flight = undefined;
    }
  }
}

/** Waits for a promise no longer than the signal allows; it then throws the signal's reason. */
export function untilAborted<T>(promise: Promise<T>, signal?: AbortSignal) {
  if (!signal) {
    return promise;
  }
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    promise
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}
