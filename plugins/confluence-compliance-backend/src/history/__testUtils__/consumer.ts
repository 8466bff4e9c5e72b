// SPDX-License-Identifier: Apache-2.0
import type { History, SubjectState } from '..';
import { check } from './check';

/** The parts of a state that the model predicts; names are random. */
function comparable(item: SubjectState & { gone: false }): unknown {
  if (item.kind === 'account') {
    return { ...item.state, groups: item.state.groups.map(group => group.id) };
  }
  if (item.kind === 'group') {
    // Up to the relation limit the accounts tell who is in the group.
    const { members, ...state } = item.state;
    return state;
  }
  if (item.kind === 'page') {
    const { space, ...state } = item.state;
    return { ...state, ...(space ? { space: space.id } : {}) };
  }
  return item.state;
}

/** A reader of the feed that keeps what it was told, as a catalog would. */
export class Consumer {
  readonly #states = new Map<string, unknown>();
  readonly #names = new Map<string, string>();
  #position: string | undefined;

  /** Reads one page; true while there is more. */
  async poll(history: History, limit: number): Promise<boolean> {
    const { items, next, more } = await history.changes({
      since: this.#position,
      limit,
    });
    for (const item of items) {
      const key = `${item.kind} ${item.connection} ${item.id}`;
      check(item.name).toBe(this.#names.get(key) ?? item.name);
      this.#names.set(key, item.name);
      if (item.gone) {
        this.#states.delete(key);
      } else {
        this.#states.set(key, comparable(item));
      }
    }
    this.#position = next;
    return more;
  }

  async pollToEnd(history: History, limit: number): Promise<void> {
    while (await this.poll(history, limit)) {
      // The page has been taken in; the next one follows.
    }
  }

  states(): Record<string, unknown> {
    return Object.fromEntries(this.#states);
  }
}
