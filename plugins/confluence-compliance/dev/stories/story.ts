// SPDX-License-Identifier: Apache-2.0

/** One page of the development app in one state. */
export interface Story {
  page: string;
  state: string;
  /** Address below the plugin's own. */
  path: string;
  /** What somebody must read there. */
  says: string;
  /** How many times, at least; once where it is absent. */
  times?: number;
  /** What is pressed first, one after the other: buttons, items of menus, boxes to select a row. */
  press?: Array<string | RegExp>;
}

export interface Page {
  page: string;
  path: string;
  /** What it says in the states that each page words for itself. */
  says: Partial<Record<State, string>> & { full: string };
  /** How many parts say the same, such as cards. */
  parts?: number;
  /** A page that does not follow the date says so. */
  asOf?: string;
  /** Search that hides everything, and what is said then. */
  filtered?: { query: string; says: string };
}

export type State =
  | 'full'
  | 'empty'
  | 'partial'
  | 'denied'
  | 'auditor'
  | 'forbidden'
  | 'gone';

export const ATTACK = '<img src=x onerror=alert(1)>';
/** What a page says to whoever lacks a permission. */
export const needs = (permission: string) =>
  `It needs the permission confluence-compliance.${permission}.`;
export const partial = 'Run 1482 was partial: memberships stopped at 12 of 14.';
export const past = 'This is what was known then.';
export const gone = 'As of 3 November 2026, nothing is kept any more';

/** A page in each state that all pages can be in. */
export function storiesOf({
  page,
  path,
  says,
  asOf,
  filtered,
  parts,
}: Page): Story[] {
  const story = (
    state: string,
    sentence: string,
    query: string,
    times = 1,
  ) => ({
    page,
    state,
    path: query ? `${path}?${query}` : path,
    says: sentence,
    times,
  });
  const worded = Object.entries(says).map(([state, sentence]) =>
    story(
      state,
      sentence,
      state === 'gone' ? 'data=gone&asOf=2026-11-03' : `data=${state}`,
      state === 'forbidden' ? parts : 1,
    ),
  );
  return [
    ...worded,
    story('loading', 'Loading', 'data=loading', parts),
    story('error', 'logId=7f3c2a1b', 'data=error', parts),
    story('hostile', ATTACK, 'data=hostile', parts),
    ...(asOf ? [story('as-of', asOf, 'asOf=2026-11-03')] : []),
    ...(filtered ? [story('filtered', filtered.says, filtered.query)] : []),
  ];
}
