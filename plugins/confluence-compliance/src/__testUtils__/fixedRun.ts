// SPDX-License-Identifier: Apache-2.0
import { run, runDataset } from './fixtures';

export const SECOND = 1_000;

/** A run of about twenty seconds, pausing in the middle. */
export function runAfter(elapsed: number) {
  const at = Math.min(elapsed / (20 * SECOND), 1);
  const part = (from: number, to: number) =>
    Math.min(Math.max((at - from) / (to - from), 0), 1);
  const stateAt = (share: number) => {
    if (share === 0) {
      return 'waiting';
    }
    return share < 1 ? 'running' : 'complete';
  };
  const step = (
    name: string,
    rows: number,
    containers: number,
    share: number,
  ) =>
    runDataset(name, {
      state: stateAt(share),
      containers: { done: Math.floor(containers * share), total: containers },
      rows: Math.floor(rows * share),
      expected: rows,
    });
  const isPaused = at > 0.4 && at < 0.55;
  return run({
    id: 'run-now',
    trigger: 'manual',
    state: isPaused ? 'paused' : 'running',
    reason: isPaused
      ? {
          code: 'quota',
          text: 'Atlassian asked to wait: the hourly quota is used up.',
        }
      : undefined,
    resumeAt: isPaused
      ? new Date(Date.now() + 4 * 60 * SECOND).toISOString()
      : undefined,
    startedAt: new Date(Date.now() - elapsed).toISOString(),
    finishedAt: undefined,
    requests: Math.floor(1 + 411 * at),
    points: Math.floor(2 + 980 * at),
    datasets: [
      step('groups', 96, 1, part(0, 0.1)),
      step('memberships', 6120, 96, part(0.1, 0.4)),
      step('accounts', 1284, 1, part(0.3, 0.6)),
      step('spaces', 212, 1, part(0.5, 0.6)),
      step('pages', 18430, 212, part(0.6, 1)),
    ],
  });
}
