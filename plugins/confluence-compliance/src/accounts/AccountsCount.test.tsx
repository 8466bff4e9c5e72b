// SPDX-License-Identifier: Apache-2.0
import type { AccountsQuery } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen } from '@testing-library/react';
import { account, connection, pageOf } from '../__testUtils__/fixtures';
import { renderPage } from '../__testUtils__/render';
import { AccountsPage } from './AccountsPage';

const listConnections = async () => pageOf([connection()]);

const totals: Record<string, number> = {
  active: 1201,
  suspended: 12,
  deactivated: 40,
  removed: 0,
  closed: 30,
  unlinked: 23,
  unknown: 7,
};
const listAccounts = jest.fn(async (query: AccountsQuery = {}) =>
  query.limit === 1
    ? pageOf([], {
        totalItems: totals[query.mfa ?? query.person ?? query.status ?? ''],
      })
    : pageOf([account()], { totalItems: 1284 }),
);

beforeEach(() => listAccounts.mockClear());

describe('AccountsCount', () => {
  it('leads to identifying accounts whoever may', async () => {
    const listUnidentified = jest.fn(async () =>
      pageOf([], { totalItems: 19 }),
    );
    renderPage(<AccountsPage />, {
      api: { listConnections, listAccounts, listUnidentified },
      at: '/accounts?q=a&connection=northwind',
    });
    expect(
      await screen.findByRole('link', { name: 'Identify 19 accounts' }),
    ).toHaveAttribute('href', '/accounts/identify?connection=northwind');
    expect(
      screen.queryByRole('link', { name: /without a person/ }),
    ).not.toBeInTheDocument();
    expect(listUnidentified).toHaveBeenCalledWith(
      { connection: 'northwind', limit: 1 },
      expect.anything(),
    );
  });

  it('splits the count at the revision of the list, and leads to those without a person', async () => {
    renderPage(<AccountsPage />, {
      api: { listConnections, listAccounts },
      at: '/accounts?q=a&connection=northwind',
      refused: ['confluence-compliance.account.link'],
    });
    expect(
      await screen.findByText(
        '1 201 active, 12 suspended, 40 deactivated, 30 closed, 1 in another state',
      ),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: '23 without a person' }),
    ).toHaveAttribute(
      'href',
      '/accounts?connection=northwind&q=a&person=unlinked',
    );
    expect(screen.getByRole('link', { name: '7 MFA unknown' })).toHaveAttribute(
      'href',
      '/accounts?connection=northwind&q=a&mfa=unknown',
    );
    expect(listAccounts).toHaveBeenCalledWith(
      {
        q: 'a',
        connection: 'northwind',
        status: 'suspended',
        asOf: '1482',
        limit: 1,
      },
      expect.anything(),
    );
  });
});
