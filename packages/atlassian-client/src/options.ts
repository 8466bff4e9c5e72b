// SPDX-License-Identifier: Apache-2.0
import type { Dispatcher } from 'undici';
import type { ConfluenceAuth } from './credentials';
import type { RequestEvent } from './Meter';

/**
 * What a client is made of.
 *
 * @public
 */
export interface ConfluenceClientOptions {
  /** Address of the site, such as `https://acme.atlassian.net`, or its bare domain. */
  site: string;
  /** How the client proves who it is. */
  auth: ConfluenceAuth;
  /** Host of Atlassian's authorization server. Default `https://auth.atlassian.com`. */
  authUrl?: string;
  /** Host of Atlassian's API gateway. Default `https://api.atlassian.com`. */
  apiUrl?: string;
  /**
   * Where requests go out. By default an `EnvHttpProxyAgent` of its own, which obeys `HTTP_PROXY`,
   * `HTTPS_PROXY` and `NO_PROXY`.
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

/**
 * What every call takes.
 *
 * @public
 */
export interface CallOptions {
  /** Ends the call; it then throws the signal's reason. */
  signal?: AbortSignal;
}

/**
 * What every list call takes.
 *
 * @public
 */
export interface ListOptions extends CallOptions {
  /** The `next` of an earlier answer to the same call. Absent: the start. */
  cursor?: string;
  /** Page size. By default the largest that Confluence allows; it may give fewer. */
  limit?: number;
}

/**
 * A list call that can also count.
 *
 * @public
 */
export interface CountedListOptions extends ListOptions {
  /** Ask for the number of all records too, which is expensive for Confluence. */
  total?: boolean;
}

/**
 * The state of a page. Absent: `current` and `archived`.
 *
 * @public
 */
export type PageStatus = 'current' | 'archived' | 'trashed' | 'deleted';

/**
 * The order of a list of pages; a hyphen means descending.
 *
 * @public
 */
export type PageSort =
  | 'id'
  | '-id'
  | 'created-date'
  | '-created-date'
  | 'modified-date'
  | '-modified-date'
  | 'title'
  | '-title';

/**
 * A list of pages.
 *
 * @public
 */
export interface PageListOptions extends ListOptions {
  /** States to include. */
  status?: readonly PageStatus[];
  /** Order. */
  sort?: PageSort;
}

/**
 * A list of spaces.
 *
 * @public
 */
export interface SpaceListOptions extends ListOptions {
  /** Absent: both. */
  status?: 'current' | 'archived';
}
