// SPDX-License-Identifier: Apache-2.0
import { digest } from './ids';
import { Account } from './types';

/** All generated times lie before this moment, 2026-11-01T09:00:00Z, in seconds. */
export const WORLD_NOW = 1793523600;
const DAY = 86400;

/**
 * When an account was last active on a site, in seconds since 1970, or undefined when it never was.
 * It follows from the seed, the account and the site, so that a hundred thousand need no memory.
 */
export function lastActiveAt(
  account: Account,
  cloudId: string,
  seed: number,
): number | undefined {
  const hex = digest(`active:${seed}:${account.accountId}:${cloudId}`);
  const part = (at: number) => parseInt(hex.slice(at, at + 6), 16);
  const kind = part(0) % 20;
  if (kind === 0) return undefined;
  const gone = account.status !== 'active' || account.suspended;
  // Two in twenty have not come for months; who is gone has not come lately either.
  const days = gone || kind <= 2 ? 91 + (part(6) % 300) : part(6) % 30;
  return WORLD_NOW - days * DAY - (part(12) % DAY);
}
