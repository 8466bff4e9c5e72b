// SPDX-License-Identifier: Apache-2.0
import { setImmediate } from 'node:timers/promises';

interface Waiting<I, O> {
  item: I;
  resolve(result: O): void;
  reject(error: unknown): void;
}

/**
 * Does what is asked for while something is being done all together afterwards: one transaction then
 * serves many. When that fails each is done alone, so that one spoils nothing for the others.
 */
export class Together<I, O> {
  readonly #doAll: (items: I[]) => Promise<O[]>;
  #waiting: Waiting<I, O>[] = [];
  #busy = false;

  /** @param doAll - gives a result for each item in their order, or does nothing and throws */
  constructor(doAll: (items: I[]) => Promise<O[]>) {
    this.#doAll = doAll;
  }

  async do(item: I): Promise<O> {
    return new Promise<O>((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (!this.#busy) {
        this.#work();
      }
    });
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) {
      // SQLite does everything at once: without a pause nobody else would come to ask.
      await setImmediate();
      const waiting = this.#waiting.splice(0);
      try {
        const results = await this.#doAll(waiting.map(({ item }) => item));
        waiting.forEach(({ resolve }, place) => resolve(results[place]));
      } catch (error) {
        await this.#oneByOne(waiting, error);
      }
    }
    this.#busy = false;
  }

  async #oneByOne(waiting: Waiting<I, O>[], error: unknown): Promise<void> {
    if (waiting.length === 1) {
      waiting[0].reject(error);
      return;
    }
    for (const { item, resolve, reject } of waiting) {
      await this.#doAll([item]).then(([result]) => resolve(result), reject);
    }
  }
}
