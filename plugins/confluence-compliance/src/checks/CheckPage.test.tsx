// SPDX-License-Identifier: Apache-2.0
import type { Check } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, waitFor, within } from '@testing-library/react';
import {
  ago,
  check,
  finding,
  hostile,
  hostileInWords,
  pageOf,
  passCheck,
  trendPoint,
  unknownCheck,
} from '../__testUtils__/fixtures';
import { renderPage, responseError } from '../__testUtils__/render';
import { ChecksTab } from './ChecksTab';

describe('the page of a check', () => {
  const open = (
    shown: Check,
    more: Parameters<typeof renderPage>[1]['api'] = {},
    search = '',
  ) =>
    renderPage(<ChecksTab />, {
      api: {
        getCheck: async () => shown,
        listFindings: async () => pageOf([finding()]),
        ...more,
      },
      at: `/checks/${shown.id}${search}`,
      path: '/checks/*',
    });

  it('shows the verdict, how to fix it, and marks unreviewed controls', async () => {
    open(check());
    expect(
      await screen.findByRole('heading', {
        level: 1,
        name: 'People who left have no access',
      }),
    ).toBeInTheDocument();
    const verdict = within(screen.getByRole('region', { name: 'Verdict' }));
    expect(verdict.getByText('2 fail')).toBeInTheDocument();
    expect(verdict.getByText('of 64 judged')).toBeInTheDocument();
    expect(screen.getByText(/Choose Suspend access/)).toBeInTheDocument();
    expect(screen.getByText('SOC 2 CC6.2')).not.toHaveTextContent('proposed');
    expect(screen.getByText(/ISO 27001 A\.5\.18/)).toHaveTextContent(
      'proposed',
    );
    expect(screen.getByText('deadlineHours: 24')).toBeInTheDocument();
  });

  it('says how often it runs, and when it is due again', async () => {
    const runs = async (name: string) =>
      (await screen.findByText(name, { selector: 'dt' })).nextElementSibling;
    const soon = open(check());
    expect(await runs('Runs')).toHaveTextContent(
      'Every 6 hours, and after each sync',
    );
    expect(await runs('Next run')).toHaveTextContent('in 6 hours');
    soon.unmount();

    const due = open(check({ every: 'PT1H30M', nextRunAt: ago(1) }));
    expect(await runs('Runs')).toHaveTextContent('Every 1 hour 30 minutes');
    expect(await runs('Next run')).toHaveTextContent('due now');
    due.unmount();

    open(check({ state: 'later', every: undefined, nextRunAt: undefined }));
    await runs('Last run');
    expect(screen.queryByText('Runs', { selector: 'dt' })).toBeNull();
    expect(screen.queryByText('Next run', { selector: 'dt' })).toBeNull();
  });

  it('shows how its open findings went on, of its own severity only', async () => {
    const getTrend = jest.fn(async () => ({
      points: [
        trendPoint(1, { critical: 5, high: 0, medium: 0, low: 0 }, 3),
        trendPoint(0, { critical: 2, high: 0, medium: 0, low: 0 }),
      ],
    }));
    const { user } = open(
      check(),
      { getTrend, listChecks: async () => pageOf([check()]) },
      '?connection=northwind',
    );
    await user.click(await screen.findByRole('radio', { name: 'Plot' }));
    const trend = within(screen.getByRole('region', { name: 'Open findings' }));
    expect(
      await trend.findByRole('img', {
        name: /From 5 open findings .* to 2 now/,
      }),
    ).toBeInTheDocument();
    expect(trend.getAllByRole('listitem').map(li => li.textContent)).toEqual([
      '2 Critical',
    ]);
    expect(getTrend).toHaveBeenCalledWith(
      { connection: 'northwind', check: 'access.offboarded-removed' },
      expect.anything(),
    );
    await user.click(trend.getByRole('radio', { name: 'Table' }));
    const rows = trend.getAllByRole('row').map(row => row.textContent);
    expect(rows[0]).toBe('DayAll openExceptedUnknown');
    expect(rows[1]).toBe('Now200');
    expect(rows[2]).toMatch(/^\d{1,2} \w+503$/);
  });

  it('says that it was not judged yet where the trend has no day, and shows none of the past', async () => {
    const none = open(check());
    expect(
      await screen.findByText('Nothing was judged so far'),
    ).toBeInTheDocument();
    none.unmount();

    const getTrend = jest.fn(async () => ({ points: [] }));
    open(check(), { getTrend }, '?asOf=2026-11-03');
    await screen.findByText('Ana Lindqvist');
    expect(getTrend).not.toHaveBeenCalled();
  });

  it('opens the facts of a finding by keyboard', async () => {
    const { user } = open(check());
    const facts = await screen.findByRole('button', {
      name: 'Facts behind Ana Lindqvist',
    });
    expect(facts).toHaveAttribute('aria-expanded', 'false');
    expect(
      screen.getByText('Left on 18 Nov, and the account is still active.'),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Ana Lindqvist' })).toHaveAttribute(
      'href',
      '/accounts/northwind/557058:ana',
    );
    while (document.activeElement !== facts) {
      await user.tab();
    }
    await user.keyboard('{Enter}');
    expect(await screen.findByText('End date')).toBeInTheDocument();
    expect(screen.getByText('from the catalog')).toBeInTheDocument();
    expect(screen.getByText('Judged at revision 1 482')).toBeInTheDocument();
    expect(facts).toHaveAttribute('aria-expanded', 'true');
  });

  it('says why it is unknown, and does not praise an empty list', async () => {
    const shown = open(unknownCheck, { listFindings: async () => pageOf([]) });
    expect(
      await screen.findByText('Needs an organization key. Northwind has none.'),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(/not everything could be seen/),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Nothing is known to be open here'),
    ).toBeInTheDocument();
    shown.unmount();

    open(passCheck, { listFindings: async () => pageOf([]) });
    expect(
      await screen.findByText('All 212 pass, as of revision 1 482.'),
    ).toBeInTheDocument();
  });

  it('says that it has not run yet, and shows no count', async () => {
    const neverRan = check({
      verdict: 'unknown',
      lastRunAt: undefined,
      revision: undefined,
      counts: {
        pass: 0,
        fail: 0,
        warning: 0,
        unknown: 0,
        'not-applicable': 0,
      },
    });
    open(neverRan, { listFindings: async () => pageOf([]) });
    expect(await screen.findByText('It has not run yet')).toBeInTheDocument();
    const verdict = within(screen.getByRole('region', { name: 'Verdict' }));
    expect(verdict.getAllByText('Has not run yet')).not.toHaveLength(0);
    expect(verdict.queryByText(/judged$|pass$/)).not.toBeInTheDocument();
    expect(screen.queryByText('Nothing is open here')).not.toBeInTheDocument();
  });

  it('says what is not built yet, and does not let it run', async () => {
    const later = check({
      verdict: 'unknown',
      state: 'later',
      reason: { code: 'waits-for-moves', text: 'Needs access reviews.' },
      lastRunAt: undefined,
    });
    open(later, { listFindings: async () => pageOf([]) });
    expect(await screen.findByText('Needs access reviews.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Run now' })).toBeDisabled();
  });

  it('names what would sharpen it, and what a control is about', async () => {
    const text = 'Accounts of the organization could not be read.';
    open(
      check({
        missing: [
          {
            dataset: 'directory',
            connection: 'northwind',
            reason: { code: 'directory-failed', text },
          },
        ],
        controls: [
          {
            framework: 'PCI DSS 4.0.1',
            control: '8.2.6',
            title: 'Inactive accounts',
            reviewed: false,
            conditional: 'pci-scope',
          },
        ],
      }),
    );
    expect(
      await screen.findByText(`northwind, directory: ${text}`),
    ).toBeVisible();
    expect(screen.getByText('Inactive accounts')).toBeVisible();
    expect(
      screen.getByText('only where cardholder data is kept'),
    ).toBeVisible();
  });

  it('points to the findings where only some subjects are unknown', async () => {
    open(
      check({
        counts: {
          pass: 5,
          fail: 1,
          warning: 0,
          unknown: 2,
          'not-applicable': 0,
        },
      }),
    );
    expect(
      await screen.findByText(/Some could not be judged\. Each says why/),
    ).toBeInTheDocument();
  });

  it('loads more findings and filters them on the server', async () => {
    const listFindings = jest.fn(
      async ({ cursor, verdict }: { cursor?: string; verdict?: string } = {}) =>
        pageOf(
          verdict === 'warning'
            ? []
            : [
                finding({
                  id: cursor ?? 'one',
                  subject: {
                    kind: 'account',
                    connection: 'northwind',
                    id: cursor ?? 'one',
                  },
                }),
              ],
          {
            totalItems: 2,
            pageInfo: { nextCursor: cursor || verdict ? undefined : 'two' },
          },
        ),
    );
    const { user, address } = open(check(), { listFindings });
    expect(await screen.findByText('1 of 2 shown')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByText('two')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Show more' }),
    ).not.toBeInTheDocument();

    await user.click(screen.getByRole('button', { name: /Findings shown/ }));
    await user.click(await screen.findByRole('option', { name: 'Warning' }));
    expect(
      await screen.findByText(/Others are hidden by the filter/),
    ).toBeInTheDocument();
    expect(address.current).toBe(
      '/checks/access.offboarded-removed?verdict=warning',
    );
  });

  it.each(['nonsense', 'pass'])(
    'shows all findings where the address asks for the verdict %s',
    async verdict => {
      const listFindings = jest.fn(async () => pageOf([finding()]));
      open(check(), { listFindings }, `?verdict=${verdict}`);
      await screen.findByText('1 shown');
      expect(listFindings).not.toHaveBeenCalledWith(
        expect.objectContaining({ verdict }),
        expect.anything(),
      );
    },
  );

  it('runs now and shows the new verdict by itself', async () => {
    let shown = check();
    const runCheck = jest.fn(async () => {
      shown = check({ running: true });
      return { state: 'running' as const };
    });
    const { user } = open(check(), { getCheck: async () => shown, runCheck });
    const button = await screen.findByRole('button', { name: 'Run now' });
    await waitFor(() => expect(button).toBeEnabled());
    await user.click(button);
    expect(runCheck).toHaveBeenCalledWith('access.offboarded-removed');
    expect(await screen.findByText(/^Asked for\./)).toBeInTheDocument();
    await waitFor(() => expect(button).toBeDisabled());

    shown = { ...passCheck, id: 'access.offboarded-removed', revision: 1500 };
    const verdict = within(screen.getByRole('region', { name: 'Verdict' }));
    expect(
      await verdict.findByText('Pass', {}, { timeout: 5000 }),
    ).toBeInTheDocument();
  }, 20_000);

  it('keeps the verdict when only the findings fail', async () => {
    const error = await responseError(500, 'too many rows');
    open(check(), { listFindings: () => Promise.reject(error) });
    expect(await screen.findByRole('alert')).toHaveTextContent('too many rows');
    expect(screen.getByText('of 64 judged')).toBeInTheDocument();
  });

  it('says that a check does not exist', async () => {
    const error = await responseError(404, 'There is no check nope.');
    open(check({ id: 'nope' }), { getCheck: () => Promise.reject(error) });
    expect(
      await screen.findByText('There is no check nope.'),
    ).toBeInTheDocument();
  });

  it('says facts and parameters in words, and those of own checks as they are', async () => {
    const fact = (source: string, name: string, value: string) => ({
      source,
      name,
      value,
    });
    const { user } = open(
      check({ parameters: { sla: { hours: 24 }, apps: ['a', 'b'], none: [] } }),
      {
        listFindings: async () =>
          pageOf([
            finding({
              checkId: 'access.offboarded-removed',
              facts: [
                fact('accounts', 'listed', 'true'),
                fact('people', 'departedAt', '2024-09-19T00:00:00.000Z'),
                fact('access.offboarded-removed', 'until', '2024-09-18'),
                fact('payroll', 'listed', 'half'),
              ],
            }),
          ]),
      },
    );
    await user.click(await screen.findByRole('button', { name: /^Facts/ }));
    for (const [name, value] of [
      ['Listed by the site', 'Yes from accounts'],
      ['Left', '19 Sept 2024 from people'],
      ['until', '18 Sept 2024 from the check'],
      ['listed', 'half from payroll'],
    ]) {
      expect(screen.getByText(name).nextElementSibling).toHaveTextContent(
        value,
      );
    }
    expect(screen.getByText('sla: 24 hours')).toBeInTheDocument();
    expect(screen.getByText('apps: a, b')).toBeInTheDocument();
    expect(screen.getByText('none: []')).toBeInTheDocument();
  });

  it('shows hostile titles and facts as text', async () => {
    const { user } = open(check({ title: hostile }), {
      listFindings: async () =>
        pageOf([
          finding({
            reason: { code: 'x', text: hostile },
            subject: {
              kind: 'space',
              connection: 'northwind',
              id: 's',
              title: hostile,
            },
            facts: [{ name: 'Name', value: hostile, source: 'northwind' }],
          }),
        ]),
    });
    expect(
      await screen.findByRole('heading', { level: 1, name: hostile }),
    ).toBeInTheDocument();
    await user.click(
      await screen.findByRole('button', {
        name: `Facts behind ${hostileInWords}`,
      }),
    );
    expect(screen.getAllByText(hostile)).toHaveLength(4);
    expect(document.querySelector('img[src="x"]')).toBeNull();
  });
});
