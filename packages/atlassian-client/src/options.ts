// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceAuth } from './credentials';
import type { HttpOptions } from './httpOptions';

/**
 * What a client is made of.
 *
 * @public
 */
export interface ConfluenceClientOptions extends HttpOptions {
  /** Address of the site, such as `https://acme.atlassian.net`, or its bare domain. */
  site: string;
  /** How the client proves who it is. */
  auth: ConfluenceAuth;
  /** Host of Atlassian's authorization server. Default `https://auth.atlassian.com`. */
  authUrl?: string;
  /** Host of Atlassian's API gateway. Default `https://api.atlassian.com`. */
  apiUrl?: string;
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
 * Which restriction of a page is asked for.
 *
 * @public
 */
export interface RestrictionOptions extends CallOptions {
  /** Default `read`. */
  operation?: 'read' | 'update';
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
  /**
   * How many requests of the same walk are to follow this one. Of walks that wait for their turn the one
   * with the longest way to go is sent first; whatever does not say so is sent before them.
   */
  toFollow?: number;
}

/**
 * A list of the audit log.
 *
 * @public
 */
export interface AuditListOptions extends ListOptions {
  /** Only what was recorded then or later, ISO 8601. */
  from?: string;
  /** Only what was recorded then or before, ISO 8601. */
  to?: string;
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
