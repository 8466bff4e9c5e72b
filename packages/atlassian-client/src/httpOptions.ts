// SPDX-License-Identifier: Apache-2.0
import type { Dispatcher } from 'undici';
import type { RequestEvent } from './Meter';

/**
 * How requests are sent, for everything of this package that sends any.
 *
 * @public
 */
export interface HttpOptions {
  /**
   * Where requests go out. By default an `EnvHttpProxyAgent` of its own, which obeys `HTTP_PROXY`,
   * `HTTPS_PROXY` and `NO_PROXY`, and connects to public addresses only, apart from hosts that are
   * loopback names themselves. A dispatcher that is handed in decides that for itself.
   */
  dispatcher?: Dispatcher;
  /** How many requests may be out at the same time, 1 to 50. Default 6. */
  concurrency?: number;
  /** The longest wait that is sat out inside a call, in milliseconds. Default 60 000. */
  maxWaitMs?: number;
  /** How long one request may take as a whole, in milliseconds. Default 90 000. */
  timeoutMs?: number;
  /** The largest answer that is read, in bytes. Default 32 MiB. */
  maxResponseBytes?: number;
  /** The `User-Agent` header. */
  userAgent?: string;
  /** Told about every request. What it throws is ignored. */
  onRequest?: (event: RequestEvent) => void;
  /** Milliseconds since the epoch; for tests. */
  now?: () => number;
  /** Waits; for tests. It must move `now` on by as much. */
  sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** A number from 0 to 1 that spreads waits; for tests. */
  random?: () => number;
}
