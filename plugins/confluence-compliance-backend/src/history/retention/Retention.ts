// SPDX-License-Identifier: Apache-2.0
import { Writing } from '../publish';
import { prune, Pruned, PruneOptions } from './prune';

/** What goes from the history with time, or because somebody asks. */
export class Retention {
  readonly #writing: Writing;

  constructor(writing: Writing) {
    this.#writing = writing;
  }

  /** Deletes the history before a time; safe to call again after it was stopped. */
  async prune(options: PruneOptions): Promise<Pruned> {
    return prune(this.#writing, options);
  }
}
