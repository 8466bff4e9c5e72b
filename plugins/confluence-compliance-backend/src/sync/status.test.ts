// SPDX-License-Identifier: Apache-2.0
import type { Run } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { verdictOf } from './status';

const run: Run = {
  id: 'r',
  connection: 'acme',
  trigger: 'schedule',
  state: 'running',
  startedAt: '2026-11-21T10:00:00.000Z',
  opened: 0,
  changed: 0,
  removed: 0,
  requests: 0,
  points: 0,
  datasets: [],
  refused: [],
};

describe('verdictOf', () => {
  const trouble = { code: 'upstream', text: 'Confluence did not answer.' };

  it('says why a run that goes on does not get on', () => {
    const lastError = { ...trouble, at: '2026-11-21T10:01:00.000Z' };
    expect(verdictOf([], { activeRun: run }, true, lastError)).toEqual({
      state: 'syncing',
      reason: trouble,
      greenTick: true,
    });
  });

  it('does not blame a run for an error before it', () => {
    const lastError = { ...trouble, at: '2026-11-21T09:59:00.000Z' };
    expect(
      verdictOf([], { activeRun: run }, true, lastError).reason,
    ).toBeUndefined();
  });
});
