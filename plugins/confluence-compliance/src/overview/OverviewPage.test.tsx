// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import type { ConfluenceComplianceApi } from '../api';
import {
  ago,
  allChecks,
  check,
  connection,
  dataset,
  finding,
  hostile,
  pageOf,
  partialConnection,
  passCheck,
  refusedRun,
  trend,
  trendPoint,
  unknownCheck,
} from '../__testUtils__/fixtures';
import { never, renderPage, responseError } from '../__testUtils__/render';
import { OverviewPage } from './OverviewPage';

const open = (
  api: Partial<ConfluenceComplianceApi> = {},
  at = '/confluence-compliance/overview',
) =>
  renderPage(<OverviewPage />, {
    api: {
      listChecks: async () => pageOf(allChecks),
      listConnections: async () => pageOf([connection(), partialConnection]),
      getTrend: async () => trend,
      listFindings: async () => pageOf([finding()]),
      ...api,
    },
    at,
  });

const region = async (name: string) =>
  within(await screen.findByRole('region', { name }));

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
        /^50 open in all, 1 more than 7 days ago\. 1.219 verdicts are unknown, and not counted as right\.$/,
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
    page.unmount();

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

describe('the trend', () => {
  it('has the same numbers as a table, and remembers the choice', async () => {
    const points = [
      trendPoint(1, { critical: 1, high: 2, medium: 3, low: 4 }, 9),
      trendPoint(0, { critical: 0, high: 20, medium: 0, low: 1204 }, 7),
    ];
    const first = open({ getTrend: async () => ({ points }) });
    await first.user.click(await screen.findByRole('radio', { name: 'Table' }));
    const table = within(
      await screen.findByRole('region', {
        name: 'Open findings by day and severity',
      }),
    );
    const rows = table
      .getAllByRole('row')
      .map(row => row.textContent?.replace(/\u202f/g, ' '));
    expect(rows[0]).toBe('DayCriticalHighMediumLowAll openUnknown');
    expect(rows[1]).toBe('Now02001 2041 2247');
    expect(rows[2]).toMatch(/^\d{1,2} \w+1234109$/);
    first.unmount();

    open({ getTrend: async () => ({ points }) });
    expect(await screen.findByRole('radio', { name: 'Table' })).toBeChecked();
    await first.user.click(screen.getByRole('radio', { name: 'Plot' }));
    expect(
      await screen.findByRole('img', {
        name: /^Open findings by day and severity\. From 10 open findings on .* to 1.224 now/,
      }),
    ).toBeInTheDocument();
    expect(screen.getByText('Low', { selector: 'li' })).toHaveTextContent(
      /^1.204 Low$/,
    );
  });

  it('says so where there are not two days, and where it may not be read', async () => {
    const one = open({
      getTrend: async () => ({
        points: [trendPoint(0, { critical: 4, high: 0, medium: 0, low: 0 })],
      }),
    });
    expect(await screen.findByText('Not enough days yet')).toBeInTheDocument();
    expect(
      screen.getByText(/So far there is 1, with 4 open findings/),
    ).toBeInTheDocument();
    expect(screen.getAllByText('No week to compare with yet')).toHaveLength(4);
    one.unmount();

    const none = open({ getTrend: async () => ({ points: [] }) });
    expect(
      await screen.findByText('Nothing was judged so far'),
    ).toBeInTheDocument();
    none.unmount();

    const forbidden = await responseError(
      403,
      'This needs confluence-compliance.finding.read',
    );
    open({
      getTrend: () => Promise.reject(forbidden),
      listFindings: () => Promise.reject(forbidden),
    });
    expect(
      await screen.findByText(
        /It needs the permission confluence-compliance\.finding\.read/,
      ),
    ).toBeInTheDocument();
    expect(await screen.findByText('2 fail')).toBeInTheDocument();
  });
});

describe('needs you', () => {
  it('names at most five things, the most pressing first, and how many more', async () => {
    const high = (id: string) =>
      check({ id, title: `Rule ${id}`, severity: 'high' });
    open({
      listChecks: async () =>
        pageOf([
          high('access.a'),
          check({
            id: 'access.broken',
            severity: 'medium',
            verdict: 'unknown',
            title: 'Rule broken',
            reason: {
              code: 'check-failed',
              text: 'The last run of this check failed.',
            },
          }),
          high('access.b'),
          high('access.c'),
          check({ id: 'access.low', severity: 'low' }),
          check({ counts: { ...check().counts, fail: 1 } }),
        ]),
      listConnections: async () =>
        pageOf([
          connection({ lastRun: refusedRun }),
          partialConnection,
          connection({
            id: 'fjord',
            title: 'Fjord Labs',
            state: 'failed',
            reason: { code: 'auth', text: 'The token was rejected.' },
          }),
        ]),
    });
    const needs = await region('Needs you');
    expect(
      (await needs.findAllByRole('listitem')).map(item =>
        item.textContent?.replace(/\u202f/g, ' '),
      ),
    ).toEqual([
      'CriticalAna LindqvistLeft on 18 Nov, and the account is still active.Open finding',
      'High2 failNot so: Rule access.aOpen findings',
      'High2 failNot so: Rule access.bOpen findings',
      'High2 failNot so: Rule access.cOpen findings',
      'Highmemberships of Northwind shrank by 38 %2 326 of 6 120 were not seen any more, so nothing was removedDecide',
      'and 4 more',
    ]);
    expect(
      needs.getByRole('link', { name: 'Open finding Ana Lindqvist' }),
    ).toHaveAttribute('href', '/checks/access.offboarded-removed?verdict=fail');
  });

  it('says that nothing does, as of which revision, and what is unknown', async () => {
    open({
      listChecks: async () => pageOf([passCheck, unknownCheck]),
      listConnections: async () => pageOf([connection()]),
      listFindings: async () => pageOf([]),
    });
    expect(await screen.findByText('Nothing needs you')).toBeInTheDocument();
    expect(
      screen.getByText(
        /^No critical or high check fails, as of revision 1.482\. 1 of them is unknown\.$/,
      ),
    ).toBeInTheDocument();
  });

  it('shows hostile names as text', async () => {
    open({
      listChecks: async () =>
        pageOf([check({ counts: { ...check().counts, fail: 3 } })]),
      listConnections: async () => pageOf([connection({ title: hostile })]),
      listFindings: async () =>
        pageOf([
          finding({ subject: { ...finding().subject, title: hostile } }),
        ]),
    });
    expect(
      await screen.findByRole('link', {
        name: `Open findings ${hostile} and 2 more`,
      }),
    ).toBeInTheDocument();
    expect(document.querySelector('img')).not.toBeInTheDocument();
  });
});

describe('coverage and freshness', () => {
  it('counts what was never read as missing, and never rounds up', async () => {
    open({
      listConnections: async () =>
        pageOf([
          connection({
            title: 'Nearly',
            state: 'partial',
            reason: { code: 'partial', text: 'One group was not read.' },
            datasets: [
              dataset('accounts', 1284),
              dataset('memberships', 6120, {
                state: 'partial',
                containers: { total: 1200, complete: 1199 },
                reasons: [{ code: 'x', text: 'Members changed.' }],
              }),
              dataset('grants', 0, {
                required: false,
                state: 'unavailable',
                containers: { total: 0, complete: 0 },
              }),
            ],
          }),
          connection({
            id: 'new',
            title: 'New',
            state: 'never-synced',
            lastRun: undefined,
            nextRunAt: ago(5),
            datasets: [
              dataset('accounts', 0, {
                state: 'never-read',
                readAt: undefined,
                containers: { total: 0, complete: 0 },
              }),
            ],
          }),
        ]),
    });
    const panel = await region('Coverage and freshness');
    const nearly = within(await panel.findByRole('row', { name: /^Nearly/ }));
    expect(nearly.getByText('One group was not read.')).toBeInTheDocument();
    expect(
      nearly.getByRole('button', { name: '99 %: One group was not read.' }),
    ).toBeInTheDocument();
    expect(
      nearly.getByRole('img', {
        name: 'memberships: Partial. Members changed.',
      }),
    ).toBeInTheDocument();
    expect(
      nearly.getByRole('img', { name: 'grants: Unavailable' }),
    ).toBeInTheDocument();

    const fresh = within(panel.getByRole('row', { name: /^New/ }));
    expect(fresh.getByText(/^Never synced/)).toBeInTheDocument();
    expect(fresh.getByText(/next run is due now/)).toBeInTheDocument();
    expect(
      fresh.getByRole('button', {
        name: 'Unknown: The accounts of this site were never read.',
      }),
    ).toBeInTheDocument();
    expect(
      fresh.getByRole('button', { name: '0 %: Nothing was read so far.' }),
    ).toBeInTheDocument();
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
    expect((await screen.findAllByRole('status')).length).toBeGreaterThan(3);
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
