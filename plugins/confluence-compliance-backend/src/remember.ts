// SPDX-License-Identifier: Apache-2.0

interface Remembered<T> {
  value: Promise<T>;
  /** Epoch in ms. */
  at: number;
}

/**
 * Asks once for each set of arguments, and again after a while. Of more than `most` the oldest are
 * forgotten; what failed is not remembered.
 */
export function remember<A extends unknown[], T>(
  ask: (...args: A) => Promise<T>,
  options: { most: number; ms: number; now: () => Date },
): (...args: A) => Promise<T> {
  const known = new Map<string, Remembered<T>>();
  return async (...args) => {
    const key = JSON.stringify(args);
    const at = options.now().getTime();
    const old = known.get(key);
    if (old && at - old.at < options.ms) {
      return old.value;
    }
    const value = ask(...args);
    known.delete(key);
    known.set(key, { value, at });
    for (const first of known.keys()) {
      if (known.size <= options.most) {
        break;
      }
      known.delete(first);
    }
    try {
      return await value;
    } catch (error) {
      known.delete(key);
      throw error;
    }
  };
}
