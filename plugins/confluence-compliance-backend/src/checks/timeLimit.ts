// SPDX-License-Identifier: Apache-2.0
import { CustomErrorBase } from '@backstage/errors';
import { Duration } from 'luxon';

/** Every check there is needs minutes at most, on the largest site; other checks wait meanwhile. */
export const LIMIT_MS = Duration.fromObject({ minutes: 15 }).toMillis();

/** A check did not end in time. */
export class CheckTimeLimitError extends CustomErrorBase {
  name = 'CheckTimeLimitError' as const;
}

/**
 * Does some work, but waits neither beyond a signal nor beyond a time limit, whatever the work does about
 * them. Throws the signal's reason, or a {@link CheckTimeLimitError}.
 *
 * @param work - is given a signal that ends with either; what it still does after that is lost
 */
export async function within<T>(
  limitMs: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const over = new AbortController();
  const timer = setTimeout(() => {
    const limit = Duration.fromMillis(limitMs).rescale().toHuman();
    over.abort(new CheckTimeLimitError(`It did not end within ${limit}.`));
  }, limitMs);
  const either = AbortSignal.any([signal, over.signal]);
  const done = work(either);
  done.catch(() => {});
  try {
    return await Promise.race([
      done,
      new Promise<never>((_, reject) => {
        either.addEventListener('abort', () => reject(either.reason), {
          once: true,
        });
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
