// SPDX-License-Identifier: Apache-2.0
import type { Check } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, waitFor, within } from '@testing-library/react';
import {
  check,
  checks,
  pageOf,
  passCheck,
  unknownCheck,
} from '../__testUtils__/fixtures';
import { never, renderPage, responseError } from '../__testUtils__/render';
import { ChecksTab } from './ChecksTab';

const list = (items: Check[], at = '/checks') =>
  renderPage(<ChecksTab />, {
    api: { listChecks: async () => pageOf(items) },
    at,
    path: '/checks/*',
  });

const card = async (name: string) =>
  within(await screen.findByRole('article', { name }));

describe('the checks', () => {
  it('show verdict, counts, coverage and age, worst group first', async () => {
    list(checks);
    const failing = await card('People who left have no access');
    expect(failing.getByText('2 fail')).toBeInTheDocument();
    expect(failing.getByText('3 open')).toBeInTheDocument();
    expect(failing.getByText('100 % seen')).toBeInTheDocument();
    expect(failing.getByText(/^\d+ min ago$/)).toBeInTheDocument();
    expect(failing.getByText('Critical')).toBeInTheDocument();
    expect(
      failing.getByRole('img', {
        name: '2 fail, 1 warning, 61 pass, 3 not applicable',
      }),
    ).toBeInTheDocument();
    expect(failing.getByRole('link')).toHaveAttribute(
      'href',
      '/checks/access.offboarded-removed',
    );
    expect(
      screen.getAllByRole('heading', { level: 2 }).map(h => h.textContent),
    ).toEqual([
      'Access 3',
      'Sign-in and privilege 1',
      'Spaces and audit 1',
      'Company 1',
    ]);
  });

  it('never show unknown as blank or as pass', async () => {
    list(checks);
    const unknown = await card('Everybody signs in with MFA');
    expect(unknown.getByText('Unknown')).toBeInTheDocument();
    expect(
      unknown.getByText('Needs an organization key. Northwind has none.'),
    ).toBeInTheDocument();
    expect(unknown.getByText('Nothing could be judged')).toBeInTheDocument();
    expect(
      unknown.getByRole('button', {
        name: '0 % seen: Needs an organization key. Northwind has none.',
      }),
    ).toBeInTheDocument();

    const neverRan = await card('Space keys follow our naming rule');
    expect(neverRan.getByText('Unknown')).toBeInTheDocument();
    expect(neverRan.getAllByText('Has not run yet')).not.toHaveLength(0);

    // 1 278 of 1 284 is 99.5 %: floored, never rounded up to 100.
    const nearly = await card(
      'Every account is a known person or an owned service',
    );
    expect(nearly.getByText('99 % seen')).toBeInTheDocument();
    expect(screen.getAllByText('Pass', { selector: 'span' })).toHaveLength(1);
  });

  it('do not call it good that nothing known is open', async () => {
    const shown = list([unknownCheck, passCheck]);
    const lead = await screen.findByText('Nothing is known to be open');
    expect(lead.parentElement).toHaveTextContent(
      /^Nothing is known to be open, 1.201 verdicts are unknown; 1 check is unknown as a whole$/,
    );
    shown.unmount();

    list([passCheck]);
    expect(await screen.findByText('Nothing is open')).toBeInTheDocument();
  });

  it('are filtered by the URL, and clearing shows them all', async () => {
    const { user, address } = list(checks, '/checks?verdict=unknown&q=a.5.18');
    await card('Everybody signs in with MFA');
    expect(screen.getAllByRole('article')).toHaveLength(2);
    await user.type(screen.getByRole('searchbox'), 'zzz');
    expect(await screen.findByText('No check matches')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(6));
    expect(address.current).toBe('/checks');
  });

  it('are not filtered by what no filter offers', async () => {
    list(checks, '/checks?verdict=nonsense&severity=worst');
    await card('People who left have no access');
    expect(screen.getAllByRole('article')).toHaveLength(6);
    expect(
      screen.queryByRole('button', { name: /nonsense|worst/ }),
    ).not.toBeInTheDocument();
  });

  it('are filtered by what is excepted, as the overview links it', async () => {
    list(
      [
        check({ id: 'access.a', excepted: { fail: 2, warning: 1 } }),
        check({ id: 'access.b', title: 'Not excepted' }),
      ],
      '/checks?verdict=excepted',
    );
    await card('People who left have no access');
    expect(screen.getAllByRole('article')).toHaveLength(1);
    expect(
      screen.getByRole('button', { name: /Excepted.*Verdict/ }),
    ).toBeInTheDocument();
  });

  it('are filtered by framework, and all asked for a run at once', async () => {
    const runCheck = jest.fn(async () => ({ state: 'waiting' as const }));
    const { user } = renderPage(<ChecksTab />, {
      api: {
        listChecks: async () =>
          pageOf([
            check(),
            passCheck,
            unknownCheck,
            check({ id: 'a.b', controls: [] }),
          ]),
        runCheck,
      },
      at: '/checks?framework=SOC+2',
      path: '/checks/*',
    });
    await card('People who left have no access');
    expect(screen.getAllByRole('article')).toHaveLength(3);
    await user.click(
      await screen.findByRole('button', { name: 'Run all now' }),
    );
    expect(
      await screen.findByText('Asked for. Results appear by themselves.'),
    ).toBeInTheDocument();
    // Those that wait for an organization key cannot run.
    expect(runCheck.mock.calls).toEqual([
      ['access.offboarded-removed'],
      ['space.no-anonymous'],
      ['a.b'],
    ]);
  });

  it('show findings as of a date, without the verdict of today and without writes', async () => {
    const listFindings = jest.fn(async () => pageOf([]));
    renderPage(<ChecksTab />, {
      api: { getCheck: async () => check(), listFindings },
      at: '/checks/access.offboarded-removed?asOf=2026-11-03',
      path: '/checks/*',
    });
    expect(
      await screen.findByText('No finding was known then'),
    ).toBeInTheDocument();
    expect(screen.getByText('As of 3 November 2026.')).toBeInTheDocument();
    expect(screen.queryByText('2 fail')).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Run now' }),
    ).not.toBeInTheDocument();
    expect(listFindings).toHaveBeenCalledWith(
      expect.objectContaining({ asOf: '2026-11-03T23:59:59.999Z' }),
      expect.anything(),
    );
  });

  it('open by keyboard', async () => {
    const { user, address } = renderPage(<ChecksTab />, {
      api: {
        listChecks: async () => pageOf([check()]),
        getCheck: async () => check(),
        listFindings: async () => pageOf([]),
      },
      at: '/checks',
      path: '/checks/*',
    });
    const link = await screen.findByRole('link', {
      name: 'People who left have no access',
    });
    while (document.activeElement !== link) {
      await user.tab();
    }
    await user.keyboard('{Enter}');
    await waitFor(() =>
      expect(address.current).toBe('/checks/access.offboarded-removed'),
    );
  });

  it('have an empty, a loading, an error and a forbidden state', async () => {
    const empty = list([]);
    expect(await screen.findByText('No check yet')).toBeInTheDocument();
    empty.unmount();

    const loading = renderPage(<ChecksTab />, {
      api: { listChecks: () => never() },
      at: '/checks',
      path: '/checks/*',
    });
    expect(await screen.findByText('Loading')).toBeInTheDocument();
    loading.unmount();

    const broken = await responseError(500, 'out of disk');
    const failed = renderPage(<ChecksTab />, {
      api: { listChecks: () => Promise.reject(broken) },
      at: '/checks',
      path: '/checks/*',
    });
    expect(await screen.findByText(/out of disk/)).toBeInTheDocument();
    failed.unmount();

    const refused = await responseError(403, 'Unauthorized');
    renderPage(<ChecksTab />, {
      api: { listChecks: () => Promise.reject(refused) },
      at: '/checks',
      path: '/checks/*',
    });
    expect(
      await screen.findByText(
        /permission confluence-compliance\.check\.read\./,
      ),
    ).toBeInTheDocument();
  });
});
