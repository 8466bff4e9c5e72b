// SPDX-License-Identifier: Apache-2.0
import type { CheckDataset } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import {
  type ContainerState,
  type History,
  isComplete,
  whyIncomplete,
  type Revision,
} from '../history';
import { NO_ORGANIZATION, Organizations, placeOf, SITE } from './places';

/** What a check needs and does not have; a pass is not possible with one of these. */
export interface Gap {
  /** Undefined where it concerns every connection. */
  connection?: string;
  /** What is incomplete; undefined where nothing was read at all. */
  dataset?: CheckDataset;
  /** Stable code, such as `memberships-incomplete`. */
  reason: string;
  /** It would only sharpen the verdicts. */
  improves?: true;
}

/** The dataset whose rows say which containers another one must have. */
const PARENTS: Partial<Record<CheckDataset, 'groups' | 'spaces'>> = {
  memberships: 'groups',
  pages: 'spaces',
  grants: 'spaces',
};

/** What the history knows of a connection's data, as far as a check needs it. */
export interface Completeness {
  /** Whether anything was ever read of what the check needs from this connection. */
  anyRead: boolean;
  gaps: Gap[];
}

/** What completeness is told from. */
export interface CompletenessData {
  containers: History['containers'];
  rows: History['rows'];
  head(): Promise<Revision>;
}

/**
 * Which of the required data of a connection is incomplete. Asked before the revision is pinned: what
 * was complete then is complete in any later revision, too, since only whole reads remove.
 */
export async function completenessOf(
  history: CompletenessData,
  connection: string,
  requires: CheckDataset[],
  organizations: Organizations,
): Promise<Completeness> {
  const gaps: Gap[] = [];
  let anyRead = false;
  for (const dataset of requires) {
    const { source, keys } = placeOf(dataset, connection, organizations);
    if (source === undefined) {
      gaps.push({ connection, dataset, reason: NO_ORGANIZATION });
      continue;
    }
    const states = await history.containers({ source, dataset });
    anyRead ||= dataset !== 'people' && states.length > 0;
    const reasons = await reasonsOf(history, connection, {
      dataset,
      states,
      keys,
    });
    gaps.push(
      ...[...new Set(reasons)].map(reason => ({ connection, dataset, reason })),
    );
  }
  return { anyRead, gaps };
}

async function reasonsOf(
  history: CompletenessData,
  connection: string,
  {
    dataset,
    states,
    keys,
  }: { dataset: CheckDataset; states: ContainerState[]; keys: string[] },
): Promise<string[]> {
  if (dataset === 'labels') {
    return states.flatMap(state => gapOf(dataset, state));
  }
  const parent = PARENTS[dataset];
  if (!parent) {
    return keys.flatMap(key => siteGaps(dataset, states, key));
  }
  const parents = await history.containers({
    source: connection,
    dataset: parent,
  });
  return [
    ...siteGaps(parent, parents, SITE),
    ...(parents.length > 0
      ? await childGaps(history, connection, dataset, parent, states)
      : []),
  ];
}

function siteGaps(
  dataset: CheckDataset,
  states: ContainerState[],
  key: string,
): string[] {
  return gapOf(
    dataset,
    states.find(state => state.key === key),
  );
}

/** One container for each open row of the parent dataset, all of them complete. */
async function childGaps(
  history: CompletenessData,
  connection: string,
  dataset: CheckDataset,
  parent: 'groups' | 'spaces',
  states: ContainerState[],
): Promise<string[]> {
  const byKey = new Map(states.map(state => [state.key, state]));
  const found = new Set<string>();
  const pages = history.rows(parent, {
    source: connection,
    asOf: await history.head(),
  });
  for await (const rows of pages) {
    for (const { key, outOfScopeSince } of rows) {
      // What a changed scope cannot confirm is not read into any more either.
      const gaps = outOfScopeSince
        ? [`${parent}-not-visible`]
        : gapOf(dataset, byKey.get(key));
      gaps.forEach(reason => found.add(reason));
    }
  }
  return [...found].sort();
}

/** How a gap ends of a list that Confluence cuts: whom it does not give is read all the same once known. */
export const BEYOND_SEARCH = '-beyond-search';

/** Why a container is incomplete, as stable codes; none where it is complete. */
export function gapOf(
  dataset: CheckDataset,
  state: ContainerState | undefined,
): string[] {
  if (!state) {
    return [`${dataset}-never-read`];
  }
  if (state.presence === 'not-visible' || state.outcome === 'not-visible') {
    return [`${dataset}-not-visible`];
  }
  if (state.outcome === 'failed') {
    return [`${dataset}-failed`];
  }
  if (isComplete(state)) {
    return [];
  }
  return whyIncomplete(state)?.code === 'cap'
    ? [`${dataset}${BEYOND_SEARCH}`]
    : [`${dataset}-incomplete`];
}
