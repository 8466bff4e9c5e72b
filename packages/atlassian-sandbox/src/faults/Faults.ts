// SPDX-License-Identifier: Apache-2.0
import { Fault, FaultSpec } from './types';

const KINDS = [
  'status',
  'empty',
  'truncate',
  'stall',
  'slow',
  'reset',
  'html',
  'invalid-json',
  'field',
  'repeat-cursor',
  'lower-limit',
  'change',
];

/** The faults that stand, and the requests that are stalled. @public */
export class Faults {
  readonly #faults: Fault[] = [];
  readonly #stalled = new Set<() => void>();
  readonly #templates: ReadonlySet<string>;
  #count = 0;

  constructor(templates: Iterable<string>) {
    this.#templates = new Set(templates);
  }

  /** Adds a fault and returns its id. Throws when endpoint or kind do not exist: a fault that never strikes helps nobody. */
  add(spec: FaultSpec): string {
    if (spec.endpoint !== '*' && !this.#templates.has(spec.endpoint)) {
      throw new Error(
        `endpoint "${spec.endpoint}" does not exist; it reads like "GET /wiki/api/v2/pages/{id}", and GET /sandbox/endpoints lists them all.`,
      );
    }
    if (!KINDS.includes(spec.kind))
      throw new Error(
        `kind "${spec.kind}" does not exist; it is one of ${KINDS.join(', ')}.`,
      );
    const id = `fault-${++this.#count}`;
    this.#faults.push({ id, spec, seen: 0, struck: 0 });
    return id;
  }

  list(): Fault[] {
    return this.#faults.map(fault => ({ ...fault }));
  }

  /** Removes one fault, or all; stalled requests go on. */
  clear(id?: string): void {
    for (let i = this.#faults.length - 1; i >= 0; i--) {
      if (id === undefined || this.#faults[i].id === id)
        this.#faults.splice(i, 1);
    }
    this.release();
  }

  /** Lets stalled requests go on to their ordinary answer. */
  release(): void {
    for (const go of this.#stalled) go();
    this.#stalled.clear();
  }

  /** How many requests stand still now. */
  get stalled(): number {
    return this.#stalled.size;
  }

  /** Waits until released, or until the caller gives up. */
  async stall(signal: AbortSignal): Promise<void> {
    await new Promise<void>(resolve => {
      this.#stalled.add(resolve);
      signal.addEventListener('abort', () => {
        this.#stalled.delete(resolve);
        resolve();
      });
    });
  }

  /** The faults that strike this request; asking counts it. */
  strike(endpoint: string, values: readonly string[]): FaultSpec[] {
    const striking: FaultSpec[] = [];
    for (const fault of this.#faults) {
      const { spec } = fault;
      if (spec.endpoint !== '*' && spec.endpoint !== endpoint) continue;
      if (spec.match !== undefined && !values.includes(spec.match)) continue;
      fault.seen++;
      const times = spec.times ?? (spec.kind === 'change' ? 1 : Infinity);
      if (fault.seen < (spec.nth ?? 1) || fault.struck >= times) continue;
      fault.struck++;
      striking.push(spec);
    }
    return striking;
  }
}
