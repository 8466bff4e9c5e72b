// SPDX-License-Identifier: Apache-2.0
import { screen, within } from '@testing-library/react';
import {
  ago,
  check,
  connection,
  dataset,
  finding,
  hostile,
  pageOf,
  partialConnection,
  passCheck,
  refusedRun,
  trendPoint,
  unknownCheck,
} from '../__testUtils__/fixtures';
import { open } from '../__testUtils__/overview';
import { responseError, region } from '../__testUtils__/render';

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
    expect(rows[0]).toBe('DayCriticalHighMediumLowAll openExceptedUnknown');
    expect(rows[1]).toBe('Now02001 2041 22407');
    expect(rows[2]).toMatch(/^\d{1,2} \w+12341009$/);
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
      'HighMembers of Northwind shrank by 38 %2 326 of 6 120 were not seen any more, so nothing was removedDecide',
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
              dataset('pages', 61),
              dataset('labels', 0, {
                required: false,
                state: 'never-read',
              }),
              dataset('restrictions', 19, { state: 'stale' }),
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
        name: 'Members: Partial. Members changed.',
      }),
    ).toBeInTheDocument();
    expect(
      nearly.getByRole('img', { name: 'Permissions: Unavailable' }),
    ).toBeInTheDocument();
    expect(
      panel.queryByRole('columnheader', { name: 'Restrictions' }),
    ).not.toBeInTheDocument();
    expect(
      nearly.getByRole('img', { name: 'Restrictions: Stale' }),
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
