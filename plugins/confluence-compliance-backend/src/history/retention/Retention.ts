// SPDX-License-Identifier: Apache-2.0
import { Writing } from '../publish';
import { forgetProfiles, ForgetProfilesOptions } from './profiles';
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

  /**
   * Deletes the profiles of closed accounts and of whoever no source has had since a time, and when
   * accounts that are gone were last active; returns how many profiles. Safe to call again after it
   * was stopped.
   */
  async forgetProfiles(options: ForgetProfilesOptions): Promise<number> {
    return forgetProfiles(this.#writing, options);
  }
}
