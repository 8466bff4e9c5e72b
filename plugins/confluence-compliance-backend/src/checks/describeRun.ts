// SPDX-License-Identifier: Apache-2.0
import type { HumanDuration } from '@backstage/types';
import type { CheckRun } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Duration } from 'luxon';
import type { CheckRun as StoredRun } from './CheckRunStore';

/** Whether a run goes on now: whoever started before `dead` was killed. */
export function isRunning(run: StoredRun | undefined, dead: Date): boolean {
  return run?.state === 'running' && (run.startedAt ?? '') > dead.toISOString();
}

/** When a check that started then is due again, where nobody asks for it before. */
export function nextRunAt(startedAt: string, every: HumanDuration): string {
  const period = Duration.fromObject(every).toMillis();
  return new Date(Date.parse(startedAt) + period).toISOString();
}

/** A run as the contract has it. */
export function describeRun(run: StoredRun, dead: Date): CheckRun {
  const { requestedAt, startedAt, finishedAt, judged, expected } = run;
  return {
    state: stateOf(run, dead),
    ...(requestedAt && { requestedAt }),
    ...(startedAt && { startedAt }),
    ...(finishedAt && { finishedAt }),
    ...(judged !== undefined && { judged }),
    ...(expected !== undefined && { expected }),
  };
}

function stateOf(run: StoredRun, dead: Date): CheckRun['state'] {
  const { state, requestedAt, startedAt, finishedAt } = run;
  if (isRunning(run, dead)) {
    return 'running';
  }
  if (startedAt && (finishedAt ?? '') < startedAt) {
    return 'interrupted';
  }
  const isAskedFor = requestedAt && requestedAt > (startedAt ?? '');
  return state === 'running' || isAskedFor ? 'waiting' : state;
}
