// SPDX-License-Identifier: Apache-2.0
import type {
  Reason,
  Run,
  RunDataset,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Cadence } from '../config';
import type { DatasetName, Read } from '../history';
import type { Plan } from './plan';
import { parseReason } from './reasons';
import type { SyncRun } from './RunStore';

const MAX_REASONS = 10;

/** The datasets of a plan, in the order they are read. */
export function datasetsOf(plan: Plan): DatasetName[] {
  return [
    ...(plan.access ? (['groups', 'memberships', 'accounts'] as const) : []),
    ...(plan.spaces ? (['spaces'] as const) : []),
    ...(plan.grants ? (['grants'] as const) : []),
    ...(plan.pages === 'none' ? [] : (['pages'] as const)),
    ...(plan.labels.length > 0 ? (['labels', 'restrictions'] as const) : []),
    ...(plan.audit ? (['audit'] as const) : []),
    ...(plan.directory ? (['directory', 'credentials'] as const) : []),
  ];
}

/** At most ten distinct reasons; of one code, the first text stands. */
export function distinctReasons(reasons: Array<Reason | undefined>): Reason[] {
  const byCode = new Map<string, Reason>();
  for (const reason of reasons) {
    if (reason && !byCode.has(reason.code)) {
      byCode.set(reason.code, reason);
    }
  }
  return [...byCode.values()].slice(0, MAX_REASONS);
}

/** The dataset whose rows say what there is to read of another one. */
export const PARENTS: Partial<Record<DatasetName, 'groups' | 'spaces'>> = {
  memberships: 'groups',
  grants: 'spaces',
  pages: 'spaces',
};

/** The cadence of datasets that have none of their own. */
export const CADENCES: Partial<Record<string, Cadence>> = {
  restrictions: 'labels',
  credentials: 'directory',
  audit: 'accounts',
};

/** Progress and outcome of each dataset of a run. */
export function reportOf(plan: Plan, reads: readonly Read[]): RunDataset[] {
  const reports: RunDataset[] = [];
  for (const dataset of datasetsOf(plan)) {
    const own = reads.filter(read => read.dataset === dataset);
    const report = datasetReport(plan, dataset, own);
    const parent = reports.find(({ dataset: d }) => d === PARENTS[dataset]);
    reports.push(
      // Nothing was read of it, since nobody knows what there is.
      report.state === 'complete' && !own.length && parent?.state === 'failed'
        ? { ...report, state: 'failed', reasons: parent.reasons }
        : report,
    );
  }
  return reports;
}

function datasetReport(
  plan: Plan,
  dataset: DatasetName,
  reads: readonly Read[],
): RunDataset {
  const done = reads.filter(read => read.finishedAt);
  const total = Math.max(plan.totals[dataset] ?? 0, reads.length);
  const walk = dataset === 'pages' ? plan.walk : undefined;
  const expected = reads.flatMap(read => read.expected ?? []);
  return {
    dataset,
    state: stateOf(plan, dataset, reads, total),
    ...(dataset === 'pages' && plan.pages !== 'none' && { mode: plan.pages }),
    containers: { done: done.length, total },
    rows: sum(reads.map(read => read.rows)),
    ...(expected.length > 0 && { expected: sum(expected) }),
    malformed: sum(reads.map(read => read.malformed)) + (walk?.malformed ?? 0),
    reasons: distinctReasons([
      ...done.map(read =>
        read.outcome === 'complete' || !read.reason
          ? undefined
          : parseReason(read.reason),
      ),
      walk?.failed,
    ]),
  };
}

function stateOf(
  plan: Plan,
  dataset: DatasetName,
  reads: readonly Read[],
  total: number,
): RunDataset['state'] {
  const begun = reads.length > 0 || plan.totals[dataset] !== undefined;
  if (!begun) {
    return 'waiting';
  }
  const walking =
    dataset === 'pages' && plan.pages === 'incremental' && !plan.walk;
  const walked = plan.walk !== undefined || !walking;
  const done = reads.filter(read => read.finishedAt).length;
  if (done < total || !walked) {
    return 'running';
  }
  const bad = reads.filter(read => read.outcome !== 'complete');
  if (bad.length === 0 && !plan.walk?.failed) {
    return 'complete';
  }
  const saw = reads.some(
    read => read.outcome === 'complete' || read.outcome === 'partial',
  );
  return saw ? 'partial' : 'failed';
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** A run as the contract has it. `reads` are needed while it has not ended. */
export function toRun(run: SyncRun, reads: readonly Read[] = []): Run {
  return {
    id: run.id,
    connection: run.connection,
    trigger: run.trigger,
    state: run.state,
    ...(run.reason && { reason: run.reason }),
    startedAt: run.startedAt,
    ...(run.finishedAt && { finishedAt: run.finishedAt }),
    ...(run.resumeAt && { resumeAt: run.resumeAt }),
    ...(run.revision !== undefined && { revision: run.revision }),
    opened: run.opened,
    changed: run.changed,
    removed: run.removed,
    requests: run.requests,
    points: run.points,
    datasets: run.report ?? reportOf(run.plan, reads),
    refused: run.refused,
  };
}
