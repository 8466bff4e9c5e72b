// SPDX-License-Identifier: Apache-2.0
import type { Revision } from './words';

/**
 * The last number of rows by dataset and source. What stands at a revision does not change, so
 * that a portal which asks every few seconds makes nobody count every few seconds.
 */
export class LastCounts {
  readonly #known = new Map<string, { asOf: Revision; rows: number }>();

  async get(
    dataset: string,
    source: string,
    asOf: Revision,
    count: () => Promise<number>,
  ): Promise<number> {
    const name = JSON.stringify([dataset, source]);
    const known = this.#known.get(name);
    if (known?.asOf === asOf) {
      return known.rows;
    }
    const rows = await count();
    this.#known.set(name, { asOf, rows });
    return rows;
  }

  clear(): void {
    this.#known.clear();
  }
}
