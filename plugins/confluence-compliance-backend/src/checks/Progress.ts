// SPDX-License-Identifier: Apache-2.0

/** How often at most progress is written down. */
const EVERY_MS = 1_000;

/** How far a run is: counts what it judges, and tells of it now and then. */
export class Progress {
  readonly #tell: (judged: number) => Promise<void>;
  #judged = 0;
  #toldAt = 0;

  constructor(tell: (judged: number) => Promise<void>) {
    this.#tell = tell;
  }

  /** Tells at once that nothing is judged yet. */
  async begin(): Promise<void> {
    this.#toldAt = Date.now();
    await this.#tell(0);
  }

  /** One more subject was judged. There is something to wait for now and then only. */
  add(): Promise<void> | undefined {
    this.#judged += 1;
    if (Date.now() - this.#toldAt < EVERY_MS) {
      return undefined;
    }
    this.#toldAt = Date.now();
    return this.#tell(this.#judged);
  }

  /** Tells of all of them. */
  async end(): Promise<void> {
    await this.#tell(this.#judged);
  }
}
