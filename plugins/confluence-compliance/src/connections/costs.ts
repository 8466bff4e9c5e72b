// SPDX-License-Identifier: Apache-2.0
import type { Run } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** What a run can read, in the order in which it is told. */
export type Part =
  | 'access'
  | 'spaces'
  | 'grants'
  | 'pagesFull'
  | 'pagesIncremental'
  | 'pages'
  | 'labels'
  | 'directory';

/** What reading the same cost, by one run. */
export interface Cost {
  parts: Part[];
  run: Run;
  /** Not all came, so that a run that reads all of it may cost more. */
  isPart: boolean;
}

const DAY = 24 * 60 * 60 * 1000;

/** What a run read. Labelled pages go with every run, so they are named only where they are alone. */
export function partsOf({ datasets }: Pick<Run, 'datasets'>): Part[] {
  const find = (name: string) =>
    datasets.find(({ dataset }) => dataset === name);
  const pages = find('pages');
  const pagesPart = {
    full: 'pagesFull',
    incremental: 'pagesIncremental',
    unknown: 'pages',
  } as const;
  const parts: Part[] = [];
  if (find('accounts')) {
    parts.push('access');
  }
  if (find('grants')) {
    parts.push('grants');
  } else if (find('spaces')) {
    parts.push('spaces');
  }
  if (pages) {
    parts.push(pagesPart[pages.mode ?? 'unknown']);
  }
  if (find('directory')) {
    parts.push('directory');
  }
  return parts.length === 0 && find('labels') ? ['labels'] : parts;
}

/** Whether it read everything but perhaps the directory, which belongs to an organization. */
export function isWhole(parts: readonly Part[]): boolean {
  return (['access', 'grants', 'pagesFull'] as const).every(part =>
    parts.includes(part),
  );
}

/** Whether all that it read came: what was refused was not paid for. */
const isComplete = ({ datasets }: Run) =>
  datasets.every(({ state }) => state === 'complete');

/**
 * One run for each thing that runs read, the dearest first. Only what was read to its end says
 * a cost; of runs that read the same, the newest that read all of it stands over newer ones.
 */
export function costsOf(runs: readonly Run[]): Cost[] {
  const costs = new Map<string, Cost>();
  for (const run of runs) {
    const parts = partsOf(run);
    const name = parts.join(' ');
    if (run.state !== 'published' || parts.length === 0) {
      continue;
    }
    const isPart = !isComplete(run);
    const known = costs.get(name);
    if (!known || (known.isPart && !isPart)) {
      costs.set(name, { parts, run, isPart });
    }
  }
  return [...costs.values()].sort((a, b) => b.run.points - a.run.points);
}

/** What the runs of the last 24 hours used, also those that failed or still go on. */
export function lastDay(runs: readonly Run[], now: number) {
  const since = now - DAY;
  const recent = runs.filter(
    ({ finishedAt }) => !finishedAt || Date.parse(finishedAt) > since,
  );
  const sum = (pick: (run: Run) => number) =>
    recent.reduce((total, run) => total + pick(run), 0);
  return {
    runs: recent.length,
    requests: sum(({ requests }) => requests),
    points: sum(({ points }) => points),
  };
}
