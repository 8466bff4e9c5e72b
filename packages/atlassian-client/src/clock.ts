// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';

/** Time and chance, so that tests need neither. `sleep` must move `now` on. */
export interface Clock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  random(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    try {
      await delay(ms, undefined, { signal });
    } catch (error) {
      // Callers expect the reason they aborted with, not the timer's own error.
      signal?.throwIfAborted();
      throw error;
    }
  },
  random: () => Math.random(),
};
