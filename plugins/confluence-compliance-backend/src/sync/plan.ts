// SPDX-License-Identifier: Apache-2.0
import type { Reason } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Duration } from 'luxon';
import type { Cadence } from '../config';
import type { ConnectionDefinition, ConnectionState } from '../connections';

/** What one run reads. */
export interface Plan {
  /** Groups, memberships and accounts: accounts are found through the others. */
  access: boolean;
  spaces: boolean;
  /** Who may do what in each space. */
  grants: boolean;
  pages: 'full' | 'incremental' | 'none';
  /** Everybody of the organization and their credentials, where this connection reads for it. */
  directory?: boolean;
  /** The audit log, up to this time. */
  audit?: { until: string };
  /** Labels whose pages are read whole, with their restrictions. */
  labels: string[];
  /** Containers known so far by dataset. */
  totals: Record<string, number>;
  /** Rows closed on evidence before the publish. */
  removed?: number;
  /** What gives access in spaces, once the site was asked. */
  spaceGrants?: SpaceGrants;
  /** What came of the walk through the newest pages, once it was made. */
  walk?: PagesWalk;
}

/** What gives access in a space: its permissions, or the roles that principals have in it. */
export type GrantSource = 'permissions' | 'roles';

/** Where the grants of spaces are read from. */
export interface SpaceGrants {
  /** In this order; what is read later says more. */
  from: GrantSource[];
  /** The roles of the site by id, with operation and target of what each allows. */
  roles: Record<string, { name: string; allows: [string, string][] }>;
  /** There may be roles that could not be read: permissions stand in for them, and are not all. */
  standIn?: boolean;
}

/** The walk of an incremental read of pages, over all spaces. */
export interface PagesWalk {
  /** Newest change seen, ISO 8601. */
  newest?: string;
  malformed: number;
  /** Why it did not reach the watermark, which then stays. */
  failed?: Reason;
}

/** What is older is recorded; Confluence writes its audit log a little late. */
const SETTLED_MS = 10 * 60 * 1000;

const ACCESS: Cadence[] = ['groups', 'memberships', 'accounts'];

/** A time that is further ahead than clocks of replicas differ is of a clock that was wrong. */
const WRONG_MS = 5 * 60 * 1000;

/** A failed run is not tried again before this, unless somebody asks. */
export const RETRY_MS = 15 * 60 * 1000;

/** No pause is longer, whatever Atlassian asks for. */
export const PAUSE_MS = 24 * 60 * 60 * 1000;

/**
 * Until when to wait, in epoch milliseconds; 0 where nothing is to be waited for. What is further
 * ahead than the longest wait is of a clock that was wrong.
 *
 * @param at - what is stored, ISO 8601
 */
export function waitUntil(
  at: string | undefined,
  longestMs: number,
  now: number,
): number {
  const until = at === undefined ? 0 : Date.parse(at);
  return until > now + longestMs + WRONG_MS ? 0 : until;
}

/** The time up to which pages are read; undefined, too, when it is of a clock that was wrong. */
export function pagesReadTo(
  { pagesWatermark }: ConnectionState,
  now: number,
): string | undefined {
  return pagesWatermark && Date.parse(pagesWatermark) > now + WRONG_MS
    ? undefined
    : pagesWatermark;
}

/** When a cadence is next due, in epoch milliseconds; 0 when never served, or nobody knows when. */
function dueAt(
  connection: Pick<ConnectionDefinition, 'cadence'>,
  { readAt }: ConnectionState,
  cadence: Cadence,
  now: number,
): number {
  const last = readAt[cadence];
  const every = Duration.fromObject(connection.cadence[cadence]).toMillis();
  return last === undefined || Date.parse(last) > now + WRONG_MS
    ? 0
    : Date.parse(last) + every;
}

/**
 * What is due now; undefined when nothing is. Whoever asked for a sync gets
 * everything, pages whole. Labels and restrictions go with every run.
 */
export function planOf(
  connection: Pick<ConnectionDefinition, 'cadence' | 'purposes'>,
  labels: readonly string[],
  state: ConnectionState,
  now: number,
  readsOrganization = false,
): Plan | undefined {
  const asked = state.syncRequestedAt !== undefined;
  if (!asked && waitUntil(state.retryAt, RETRY_MS, now) > now) {
    return undefined;
  }
  const due = (cadence: Cadence) =>
    asked || dueAt(connection, state, cadence, now) <= now;
  const access = ACCESS.some(due);
  const incremental = due('pages') ? 'incremental' : 'none';
  const pages = due('pagesFull') ? 'full' : incremental;
  const grants = due('grants');
  // Both are read space by space, so they begin with the spaces there are.
  const spaces = due('spaces') || grants || pages === 'full';
  const labelled = labels.length > 0 && due('labels');
  const directory = readsOrganization && due('directory');
  if (!access && !spaces && pages === 'none' && !labelled && !directory) {
    return undefined;
  }
  return {
    access,
    spaces,
    grants,
    pages,
    directory,
    ...(access &&
      connection.purposes.includes('access-review') && {
        audit: { until: new Date(now - SETTLED_MS).toISOString() },
      }),
    labels: [...labels],
    totals: {},
  };
}

/** The cadences a published plan has served. */
export function servedBy(plan: Plan): Cadence[] {
  const served: Cadence[] = [];
  if (plan.access) {
    served.push(...ACCESS);
  }
  if (plan.spaces) {
    served.push('spaces');
  }
  if (plan.grants) {
    served.push('grants');
  }
  if (plan.pages !== 'none') {
    served.push('pages');
  }
  if (plan.pages === 'full') {
    served.push('pagesFull');
  }
  if (plan.directory) {
    served.push('directory');
  }
  return [...served, 'labels'];
}

/** When the next scheduled run is due, in epoch milliseconds. */
export function nextDue(
  connection: Pick<ConnectionDefinition, 'cadence'>,
  labels: readonly string[],
  state: ConnectionState,
  now: number,
  readsOrganization = false,
): number {
  const cadences: Cadence[] = [
    ...ACCESS,
    'spaces',
    'grants',
    'pages',
    'pagesFull',
  ];
  if (labels.length > 0) {
    cadences.push('labels');
  }
  if (readsOrganization) {
    cadences.push('directory');
  }
  const next = Math.min(...cadences.map(c => dueAt(connection, state, c, now)));
  return Math.max(next, waitUntil(state.retryAt, RETRY_MS, now));
}
