// SPDX-License-Identifier: Apache-2.0
import type { CheckRun } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, within } from '@testing-library/react';
import { check, pageOf } from '../__testUtils__/fixtures';
import { renderPage } from '../__testUtils__/render';
import { ChecksTab } from './ChecksTab';

const show = (run: CheckRun) => {
  let shown = check({ run, running: run.state === 'running' });
  renderPage(<ChecksTab />, {
    api: {
      getCheck: async () => shown,
      listFindings: async () => pageOf([]),
    },
    at: '/checks/access.offboarded-removed',
    path: '/checks/*',
  });
  return (next: CheckRun) => {
    shown = check({ run: next, revision: 1500 });
  };
};

const panel = async () =>
  within(await screen.findByRole('region', { name: 'Run' }));

describe('the run of a check', () => {
  it('says how far it is, and goes when it has published', async () => {
    const turn = show({ state: 'running', judged: 12, expected: 64 });
    const run = await panel();
    expect(run.getByText('Running: 12 of about 64 judged')).toBeVisible();
    const bar = run.getByRole('progressbar', { name: 'Run' });
    expect(bar).toHaveAttribute('value', '12');
    expect(bar).toHaveAttribute('max', '64');
    turn({ state: 'published', judged: 64, expected: 64 });
    expect(
      await screen.findByText(/at revision 1.?500/, {}, { timeout: 8_000 }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('region', { name: 'Run' })).toBeNull();
  }, 20_000);

  it('says that it failed, and not that results are on their way', async () => {
    show({ state: 'failed' });
    const run = await panel();
    expect(run.getByText(/failed and published nothing/)).toBeVisible();
    expect(run.queryByRole('progressbar')).toBeNull();
    expect(screen.queryByText(/results appear/)).toBeNull();
  });

  it('says that it was stopped and begins again', async () => {
    show({ state: 'interrupted', judged: 3 });
    const run = await panel();
    expect(run.getByText(/stopped in the middle/)).toBeVisible();
    expect(run.queryByRole('progressbar')).toBeNull();
  });
});
