// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor } from '@testing-library/react';
import {
  allChecks,
  check,
  finding,
  pageOf,
  passCheck,
  trend,
  trendPoint,
  unknownCheck,
} from '../__testUtils__/fixtures';
import { open } from '../__testUtils__/overview';
import { never, region } from '../__testUtils__/render';

describe('where things stand', () => {
  it('is said in a sentence, with what is open, its change and what is unknown', async () => {
    open();
    expect(
      // The first page of a file takes longer, for everything is loaded for it.
      await screen.findByRole(
        'heading',
        { name: '15 findings are critical or high' },
        { timeout: 10_000 },
      ),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(
        /^50 findings need somebody in all, 1 more than 7 days ago\. 1.219 more are unknown, and not counted as right\. 2 checks are unknown as a whole\.$/,
      ),
    ).toBeInTheDocument();
    const posture = await region('Where things stand');
    expect(
      posture.getByRole('img', {
        name: '4 fail, 2 warning, 2 unknown, 2 pass',
      }),
    ).toBeInTheDocument();
    expect(posture.getByText('of 10 checks')).toBeInTheDocument();
    expect(posture.getByText('1 more this week')).toBeInTheDocument();
    expect(posture.getAllByText('No change this week')).toHaveLength(3);
  });

  it('says no change where the trend counts something else than the checks', async () => {
    open({
      getTrend: async () => ({
        points: [
          trendPoint(8, { critical: 0, high: 0, medium: 0, low: 0 }),
          trendPoint(0, { critical: 4, high: 12, medium: 14, low: 21 }),
        ],
      }),
    });
    expect(await screen.findByText('12 more this week')).toBeInTheDocument();
    const posture = await region('Where things stand');
    expect(posture.getAllByText(/this week/)).toHaveLength(3);
    expect(posture.queryByText(/^(3|4) more/)).not.toBeInTheDocument();
    expect(posture.queryByText(/7 days ago/)).not.toBeInTheDocument();
  });

  it('opens each number, and keeps the scope on the way', async () => {
    open({}, '/x?connection=northwind&asOf=2026-11-03');
    expect(
      await screen.findByRole('link', { name: '2 unknown' }),
    ).toHaveAttribute(
      'href',
      '/checks?connection=northwind&asOf=2026-11-03&verdict=unknown',
    );
    expect(
      screen.getByRole('link', {
        name: 'Checks of severity Critical: 3 open',
      }),
    ).toHaveAttribute(
      'href',
      '/checks?connection=northwind&asOf=2026-11-03&severity=critical',
    );
  });

  it('does not call good what could not be seen', async () => {
    const page = open({
      listChecks: async () => pageOf([unknownCheck, passCheck]),
    });
    expect(
      await screen.findByText('No finding is known to be critical or high'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        /^0 findings need somebody in all.*\. 1.201 verdicts are unknown, and not counted as right\. 1 check is unknown as a whole\.$/,
      ),
    ).toBeInTheDocument();
    page.unmount();

    // What waits for somebody's word has no finding, and is not known either.
    const waiting = open({
      listChecks: async () =>
        pageOf([
          check({
            severity: 'low',
            state: 'attestation',
            verdict: 'unknown',
            counts: {
              pass: 0,
              fail: 0,
              warning: 0,
              unknown: 1,
              'not-applicable': 0,
            },
          }),
        ]),
    });
    expect(
      await screen.findByText(/\. 1 check is unknown as a whole\.$/),
    ).toBeInTheDocument();
    waiting.unmount();

    open({
      listChecks: async () =>
        pageOf([check({ lastRunAt: undefined, verdict: 'unknown' })]),
    });
    expect(
      await screen.findByText('Nothing has been judged yet'),
    ).toBeInTheDocument();
  });

  it('is narrowed by the connection, in every number', async () => {
    const listChecks = jest.fn(async () => pageOf(allChecks));
    const getTrend = jest.fn(async () => trend);
    const listFindings = jest.fn(async () => pageOf([finding()]));
    open({ listChecks, getTrend, listFindings }, '/x?connection=legal');
    const coverage = await region('Coverage and freshness');
    expect(
      await coverage.findByRole('rowheader', { name: /^Northwind Legal/ }),
    ).toBeInTheDocument();
    expect(coverage.getAllByRole('rowheader')).toHaveLength(1);
    const needs = await region('Needs you');
    expect(
      await needs.findByText('Northwind Legal was not read completely'),
    ).toBeInTheDocument();
    for (const asked of [listChecks, getTrend, listFindings]) {
      expect(asked).toHaveBeenCalledWith(
        expect.objectContaining({ connection: 'legal' }),
        expect.anything(),
      );
    }
  });

  it('says that it shows now where a date is set, and returns to now', async () => {
    const { user, address } = open({}, '/x?asOf=2026-11-03');
    expect(
      await screen.findByText('This page shows now, not 3 November 2026.'),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Return to now' }));
    await waitFor(() => expect(address.current).toBe('/x'));
    expect(screen.queryByText(/This page shows now/)).not.toBeInTheDocument();
  });
});

describe('the states of the page', () => {
  it('are loading, failed with a way to try again, and not connected', async () => {
    const loading = open({
      listChecks: () => never(),
      listConnections: () => never(),
      getTrend: () => never(),
      listFindings: () => never(),
    });
    await waitFor(() =>
      expect(screen.getAllByRole('status').length).toBeGreaterThan(3),
    );
    expect(screen.queryByText('0')).not.toBeInTheDocument();
    loading.unmount();

    const listChecks = jest
      .fn()
      .mockRejectedValueOnce(new Error('connect ECONNREFUSED'))
      .mockResolvedValue(pageOf(allChecks));
    const failed = open({ listChecks });
    await failed.user.click(
      await screen.findByRole('button', { name: 'Try again' }),
    );
    expect(
      await screen.findByText('15 findings are critical or high'),
    ).toBeInTheDocument();
    failed.unmount();

    open({
      listConnections: async () => pageOf([]),
      listChecks: async () => pageOf([]),
    });
    expect(
      await screen.findByText('Connect your first Confluence site'),
    ).toBeInTheDocument();
  });
});
