// SPDX-License-Identifier: Apache-2.0
import type {
  ReviewGap,
  ReviewScope,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  type ContainerState,
  type History,
  isComplete,
  type Revision,
  whyIncomplete,
} from '../history';
import { canonicalJson, sha256 } from '../ledger';
import type { ItemSource } from './rows';
import { groupsGranted, systemOf, type SystemsOf } from './systems';

/** What a review would cover at a revision. */
export interface Coverage {
  revision: Revision;
  sources: ItemSource[];
  /** What is not whole; a review over it needs somebody's word. */
  gaps: ReviewGap[];
}

export interface CoverageOptions {
  history: History;
  systems: SystemsOf;
}

const ATTEMPTS = 5;

/** Finds the containers of a scope, and what of them was not read whole. */
export async function coverageOf(
  { history, systems }: CoverageOptions,
  scope: ReviewScope,
): Promise<Coverage> {
  for (let attempt = 1; ; attempt += 1) {
    const revision = await history.head();
    const found = await coverageAt({ history, systems }, scope, revision);
    // The states of containers are those of now, so nothing may be published in between.
    if ((await history.head()) === revision || attempt === ATTEMPTS) {
      return found;
    }
  }
}

async function coverageAt(
  { history, systems }: CoverageOptions,
  scope: ReviewScope,
  revision: Revision,
): Promise<Coverage> {
  const coverage: Coverage = { revision, sources: [], gaps: [] };
  const { connection } = scope;
  const system = await systemOf(systems, scope, revision);
  if (system && 'missing' in system) {
    const { ref, missing } = system;
    coverage.gaps.push({
      dataset: 'spaces',
      container: ref,
      reason: { code: missing, text: 'The critical system cannot be seen' },
    });
    return coverage;
  }
  if (system?.spaceId !== undefined) {
    // What the space grants, and who is in the groups that it grants something.
    const { spaceId } = system;
    const grants = { connection, dataset: 'grants', of: 'spaces' } as const;
    await addDataset(history, coverage, { ...grants, only: [spaceId] });
    await addDataset(history, coverage, {
      connection,
      dataset: 'memberships',
      of: 'groups',
      only: await groupsGranted(history, connection, spaceId, revision),
    });
    await addWhatNarrows(history, coverage, scope);
    return coverage;
  }
  const group = scope.group === undefined ? undefined : [scope.group];
  const space = scope.space === undefined ? undefined : [scope.space];
  if (space === undefined) {
    await addDataset(history, coverage, {
      connection,
      dataset: 'memberships',
      of: 'groups',
      only: group,
    });
  }
  if (group === undefined) {
    await addDataset(history, coverage, {
      connection,
      dataset: 'grants',
      of: 'spaces',
      only: space,
    });
  }
  await addWhatNarrows(history, coverage, scope);
  return coverage;
}

/**
 * What says who is a guest, and which group administers something: where it is not whole, whoever it
 * does not speak of would be left out.
 */
async function addWhatNarrows(
  history: History,
  { sources, gaps }: Coverage,
  { connection: source, guests, admins }: ReviewScope,
): Promise<void> {
  if (guests) {
    await addUnlessWhole(history, gaps, { source, dataset: 'accounts' });
  }
  // Members of a group that administers something, in whatever space that is.
  if (admins && sources.some(({ dataset }) => dataset === 'memberships')) {
    const isKnown = (dataset: string, container: string) =>
      gaps.some(gap => gap.dataset === dataset && gap.container === container);
    if (!isKnown('spaces', 'site')) {
      await addUnlessWhole(history, gaps, { source, dataset: 'spaces' });
    }
    const grants = await history.containers({ source, dataset: 'grants' });
    for (const one of grants) {
      const { key, presence } = one;
      if (presence !== 'gone' && !isWhole(one) && !isKnown('grants', key)) {
        gaps.push(gapOf({ dataset: 'grants', container: key }, one));
      }
    }
  }
}

/** Adds the gap of a list of a site that was not read whole. */
async function addUnlessWhole(
  history: History,
  gaps: ReviewGap[],
  { source, dataset }: { source: string; dataset: ReviewGap['dataset'] },
): Promise<void> {
  const container = 'site';
  const [list] = await history.containers({ source, dataset, key: container });
  if (!list || !isWhole(list)) {
    gaps.push(gapOf({ dataset, container }, list));
  }
}

async function addDataset(
  history: History,
  coverage: Coverage,
  part: {
    connection: string;
    dataset: ItemSource['dataset'];
    of: 'groups' | 'spaces';
    /** Ids of the only groups or spaces. */
    only?: string[];
  },
): Promise<void> {
  const { connection: source, dataset, of, only } = part;
  if (only === undefined) {
    await addUnlessWhole(history, coverage.gaps, { source, dataset: of });
  }
  const states = new Map(
    (await history.containers({ source, dataset })).map(one => [one.key, one]),
  );
  if (only?.length === 0) {
    return;
  }
  const asOf = coverage.revision;
  const known = new Set<string>();
  for await (const rows of history.rows(of, { source, keys: only, asOf })) {
    for (const { key, payload } of rows) {
      known.add(key);
      add(coverage, { dataset, container: key, title: payload.name }, states);
    }
  }
  for (const [container, { presence }] of states) {
    const wanted = only === undefined || only.includes(container);
    if (wanted && !known.has(container) && presence !== 'gone') {
      add(coverage, { dataset, container }, states);
    }
  }
  for (const container of only ?? []) {
    if (!known.has(container) && !states.has(container)) {
      add(coverage, { dataset, container }, states);
    }
  }
}

function add(
  coverage: Coverage,
  named: Omit<ReviewGap, 'reason'> & { dataset: ItemSource['dataset'] },
  states: Map<string, ContainerState>,
): void {
  const state = states.get(named.container);
  if (state) {
    const { key, scope } = state;
    coverage.sources.push({ dataset: named.dataset, key, scope });
  }
  if (!state || !isWhole(state)) {
    coverage.gaps.push(gapOf(named, state));
  }
}

function isWhole(state: ContainerState): boolean {
  return state.presence === 'present' && isComplete(state);
}

function gapOf(
  named: Omit<ReviewGap, 'reason'>,
  state: ContainerState | undefined,
): ReviewGap {
  const reason = state
    ? whyIncomplete(state) ?? {
        code: state.presence === 'present' ? 'incomplete' : state.presence,
        text: 'It was not read whole',
      }
    : { code: 'never-read', text: 'It was never read' };
  return { ...named, reason };
}

/** Tells whether gaps are those that somebody was shown: which they are, and why. */
export function gapsHash(gaps: ReviewGap[]): string {
  const all = gaps.map(({ dataset, container, reason }) =>
    canonicalJson([dataset, container, reason.code]),
  );
  return sha256(canonicalJson(all.sort()));
}
