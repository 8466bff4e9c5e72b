// SPDX-License-Identifier: Apache-2.0
import { type Clock, systemClock } from './clock';
import { readSecret } from './credentials';
import { createGuardedDispatcher } from './hostLookup';
import type { HttpOptions } from './httpOptions';
import { readBaseUrl } from './site';
import { Transport } from './Transport';

/** A transport with what is needed beside it. */
export interface TransportParts {
  transport: Transport;
  clock: Clock;
  /** Closes the connections, unless the dispatcher was handed in. */
  close(): Promise<void>;
}

/**
 * Reads the options that everything which sends requests has in common.
 *
 * @throws TypeError when an option cannot be right
 */
export function createTransport(options: HttpOptions): TransportParts {
  const clock: Clock = {
    now: options.now ?? systemClock.now,
    sleep: options.sleep ?? systemClock.sleep,
    random: options.random ?? systemClock.random,
  };
  const limits = {
    concurrency: readNumber(options.concurrency ?? 6, 'concurrency', 1, 50),
    maxWaitMs: readNumber(options.maxWaitMs ?? 60_000, 'maxWaitMs', 0, 3.6e6),
    timeoutMs: readNumber(options.timeoutMs ?? 90_000, 'timeoutMs', 1, 3.6e6),
    maxResponseBytes: readNumber(
      options.maxResponseBytes ?? 32 * 1024 * 1024,
      'maxResponseBytes',
      1024,
      256 * 1024 * 1024,
    ),
    userAgent: readSecret(
      options.userAgent ?? 'confluence-compliance',
      'userAgent',
    ),
  };
  const dispatcher = options.dispatcher ?? createGuardedDispatcher();
  return {
    clock,
    transport: new Transport({
      ...limits,
      dispatcher,
      clock,
      onRequest: options.onRequest,
    }),
    close: async () => {
      if (!options.dispatcher) {
        await dispatcher.destroy();
      }
    },
  };
}

/** The host of Atlassian's API, which is another one for the government cloud. */
export function readApiUrl(value = 'https://api.atlassian.com'): string {
  return readBaseUrl(value, 'apiUrl');
}

/** The host of Atlassian's authorization server. */
export function readAuthUrl(value = 'https://auth.atlassian.com'): string {
  return readBaseUrl(value, 'authUrl');
}

function readNumber(value: number, name: string, min: number, max: number) {
  if (!Number.isFinite(value) || value < min || value > max) {
    throw new TypeError(`${name} must be a number from ${min} to ${max}`);
  }
  return Math.floor(value);
}
