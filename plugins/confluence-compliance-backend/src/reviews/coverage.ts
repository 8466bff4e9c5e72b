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
import type { ItemSource } from './rows';

/** What a review would cover at a revision. */
export interface Coverage {
  revision: Revision;
  sources: ItemSource[];
  /** What is not whole; a review over it needs somebody's word. */
  gaps: ReviewGap[];
  /** Rows of these containers: one membership each, several grants of a principal count as many. */
  rows: number;
}

const ATTEMPTS = 5;

/** Finds the containers of a scope, and what of them was not read whole. */
export async function coverageOf(
  history: History,
  scope: ReviewScope,
): Promise<Coverage> {
  for (let attempt = 1; ; attempt += 1) {
    const revision = await history.head();
    const found = await coverageAt(history, scope, revision);
    // The states of containers are those of now, so nothing may be published in between.
    if ((await history.head()) === revision || attempt === ATTEMPTS) {
      return found;
    }
  }
}

async function coverageAt(
  history: History,
  scope: ReviewScope,
  revision: Revision,
): Promise<Coverage> {
  const coverage: Coverage = { revision, sources: [], gaps: [], rows: 0 };
  const { connection, group, space } = scope;
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
  return coverage;
}

async function addDataset(
  history: History,
  coverage: Coverage,
  part: {
    connection: string;
    dataset: ItemSource['dataset'];
    of: 'groups' | 'spaces';
    /** Id of the only group or space. */
    only?: string;
  },
): Promise<void> {
  const { connection: source, dataset, of, only } = part;
  if (only === undefined) {
    const lists = await history.containers({ source, dataset: of });
    const list = lists.find(({ key }) => key === 'site');
    if (!list || !isWhole(list)) {
      coverage.gaps.push(gapOf({ dataset: of, container: 'site' }, list));
    }
  }
  const states = new Map(
    (await history.containers({ source, dataset })).map(one => [one.key, one]),
  );
  const keys = only === undefined ? undefined : [only];
  const asOf = coverage.revision;
  const known = new Set<string>();
  for await (const rows of history.rows(of, { source, keys, asOf })) {
    for (const { key, payload } of rows) {
      known.add(key);
      add(coverage, { dataset, container: key, title: payload.name }, states);
    }
  }
  for (const [container, { presence }] of states) {
    const wanted = only === undefined || container === only;
    if (wanted && !known.has(container) && presence !== 'gone') {
      add(coverage, { dataset, container }, states);
    }
  }
  if (only !== undefined && !known.has(only) && !states.has(only)) {
    add(coverage, { dataset, container: only }, states);
  }
}

function add(
  coverage: Coverage,
  named: Omit<ReviewGap, 'reason'> & { dataset: ItemSource['dataset'] },
  states: Map<string, ContainerState>,
): void {
  const state = states.get(named.container);
  if (state) {
    const { key, scope, rows } = state;
    coverage.sources.push({ dataset: named.dataset, key, scope });
    coverage.rows += rows;
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
