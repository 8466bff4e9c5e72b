// SPDX-License-Identifier: Apache-2.0

/** Requests to the stand-in APIs since the start or the last reset; `/sandbox` itself is not counted. @public */
export class Counters {
  readonly #byEndpoint = new Map<string, number>();
  #total = 0;
  #inFlight = 0;
  #peak = 0;
  #points = 0;

  enter(endpoint: string): void {
    this.#total++;
    this.#byEndpoint.set(endpoint, (this.#byEndpoint.get(endpoint) ?? 0) + 1);
    this.#inFlight++;
    this.#peak = Math.max(this.#peak, this.#inFlight);
  }

  leave(points: number): void {
    this.#inFlight--;
    this.#points += points;
  }

  /** All requests. */
  get total(): number {
    return this.#total;
  }

  /** Requests by endpoint, for example `GET /wiki/rest/api/group`. */
  get byEndpoint(): Record<string, number> {
    return Object.fromEntries([...this.#byEndpoint].sort());
  }

  /** Requests of one endpoint. */
  of(endpoint: string): number {
    return this.#byEndpoint.get(endpoint) ?? 0;
  }

  /** The most requests that were under way at once. */
  get peak(): number {
    return this.#peak;
  }

  /** Points of the hourly quota: 1 a request to Confluence, 1 a core object, 2 an identity object. */
  get points(): number {
    return this.#points;
  }

  reset(): void {
    this.#byEndpoint.clear();
    this.#total = 0;
    this.#peak = this.#inFlight;
    this.#points = 0;
  }
}
