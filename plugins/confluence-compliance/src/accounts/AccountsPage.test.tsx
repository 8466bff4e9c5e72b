// SPDX-License-Identifier: Apache-2.0
import type { AccountsQuery } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, waitFor, within } from '@testing-library/react';
import {
  account,
  accounts,
  connection,
  hiddenAccount,
  hostile,
  pageOf,
  partialConnection,
} from '../__testUtils__/fixtures';
import { never, renderPage, responseError } from '../__testUtils__/render';
import { AccountsPage } from './AccountsPage';

const listConnections = async () => pageOf([connection()]);

const rowOf = async (name: string) =>
  within(
    (await screen.findByText(name)).closest('[role="row"]') as HTMLElement,
  );

describe('AccountsPage', () => {
  it('shows each account with its person, groups and findings', async () => {
    renderPage(<AccountsPage />, {
      api: { listConnections, listAccounts: async () => pageOf(accounts) },
    });

    const ana = await rowOf('Ana Lindqvist');
    expect(
      ana.getByText('ana.lindqvist@northwind.example'),
    ).toBeInTheDocument();
    expect(ana.getByRole('link', { name: 'ana.lindqvist' })).toHaveAttribute(
      'href',
      '/catalog/default/user/ana.lindqvist',
    );
    expect(ana.getByText('by account id')).toBeInTheDocument();
    expect(ana.getByText('9')).toBeInTheDocument();
    expect(
      ana.getByRole('link', { name: '2 open findings of Ana Lindqvist' }),
    ).toHaveAttribute('href', '/accounts/northwind/557058:ana');
    expect(ana.queryByText('Northwind')).not.toBeInTheDocument();
    expect(
      (await rowOf('Lucas Ferreira')).getByText('Deactivated'),
    ).toBeVisible();
    const guest = await rowOf('Helena Costa');
    expect(
      guest.getByRole('button', {
        name: /^Unknown: This account is not managed/,
      }),
    ).toBeVisible();
    expect(screen.getByText('8 accounts')).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { level: 1, name: 'Accounts' }),
    ).toBeInTheDocument();
  });

  it('counts what is unknown apart from findings', async () => {
    const unknown = account({ findings: 0, unknownVerdicts: 3 });
    renderPage(<AccountsPage />, {
      api: { listConnections, listAccounts: async () => pageOf([unknown]) },
    });
    const row = await rowOf('Ana Lindqvist');
    expect(row.getByText('None')).toBeInTheDocument();
    expect(row.getByText('+ 3 unknown')).toBeInTheDocument();
    expect(
      row.queryByRole('link', { name: /open finding/ }),
    ).not.toBeInTheDocument();
  });

  it('says when the chosen connection was ended', async () => {
    const ended = connection({
      state: 'ended',
      endedAt: '2026-11-03T09:00:00Z',
    });
    const api = {
      listConnections: async () => pageOf([ended, partialConnection]),
      listAccounts: async () => pageOf([account()]),
    };
    const said = /This connection was ended on 3 Nov/;
    const { unmount } = renderPage(<AccountsPage />, {
      api,
      at: '/accounts?connection=northwind',
    });
    expect(await screen.findByText(said)).toBeVisible();
    expect(
      screen.getByText('What is shown is what was known then.'),
    ).toBeVisible();
    expect(await screen.findByText('Ana Lindqvist')).toBeVisible();
    unmount();

    renderPage(<AccountsPage />, {
      api,
      at: '/accounts?connection=legal',
    });
    expect(await screen.findByText('Ana Lindqvist')).toBeVisible();
    expect(screen.queryByText(said)).not.toBeInTheDocument();
  });

  it('says why an email is unknown, and that nobody is linked', async () => {
    renderPage(<AccountsPage />, {
      api: {
        listConnections,
        listAccounts: async () =>
          pageOf([
            hiddenAccount,
            account({ accountId: 'x', name: undefined, status: 'unknown' }),
          ]),
      },
    });
    const hidden = await rowOf('J. Weber');
    expect(
      hidden.getByRole('button', {
        name: 'Email unknown: This person hides the email address.',
      }),
    ).toBeInTheDocument();
    expect(hidden.getByText('Nobody is linked')).toBeInTheDocument();
    expect(
      (await rowOf('x')).getByRole('button', {
        name: 'Unknown: Confluence did not say in which state this account is.',
      }),
    ).toBeInTheDocument();
  });

  it('opens the page of a row by keyboard and keeps where and when', async () => {
    const { user, address } = renderPage(<AccountsPage />, {
      api: { listConnections, listAccounts: async () => pageOf([account()]) },
      at: '/accounts?connection=northwind&asOf=2026-11-03&q=ana',
    });
    await screen.findByText('Ana Lindqvist');
    while (!document.activeElement?.closest('[role="rowgroup"]')) {
      await user.tab();
    }
    await user.keyboard('{Enter}');
    await waitFor(() =>
      expect(address.current).toBe(
        '/accounts/northwind/557058:ana?connection=northwind&asOf=2026-11-03',
      ),
    );
  });

  it('asks the server for what the URL says and drops what it would refuse', async () => {
    const listAccounts = jest.fn(async (_query: AccountsQuery = {}) =>
      pageOf([account()]),
    );
    renderPage(<AccountsPage />, {
      api: { listConnections, listAccounts },
      at: '/accounts?q=ana&class=guest&person=nobody&status=active&findings=open&sort=-status&limit=7&connection=northwind&asOf=2026-11-03',
    });
    await screen.findByText('Ana Lindqvist');
    expect(listAccounts).toHaveBeenNthCalledWith(
      1,
      {
        q: 'ana',
        class: 'guest',
        status: 'active',
        findings: 'open',
        sort: '-status',
        limit: 20,
        connection: 'northwind',
        asOf: '2026-11-03T23:59:59.999Z',
      },
      expect.anything(),
    );
    expect(screen.getByText(/This is what was known then/)).toBeInTheDocument();
  });

  it('says what was not read completely, and tells the rows of two connections apart', async () => {
    renderPage(<AccountsPage />, {
      api: {
        listConnections: async () => pageOf([connection(), partialConnection]),
        listAccounts: async () => pageOf([account()]),
      },
    });
    const row = await rowOf('Ana Lindqvist');
    expect(await row.findByText('Northwind')).toBeInTheDocument();
    const [reason] = partialConnection.datasets
      .filter(({ dataset }) => dataset === 'memberships')
      .flatMap(({ reasons }) => reasons);
    expect(screen.getByText(reason.text)).toBeInTheDocument();
    expect(screen.getByText('Not complete')).toBeInTheDocument();
  });

  it('says nothing about connections to whoever may not read them', async () => {
    const error = await responseError(403, 'Unauthorized');
    renderPage(<AccountsPage />, {
      api: {
        listConnections: () => Promise.reject(error),
        listAccounts: async () => pageOf([account()]),
      },
    });
    expect(await screen.findByText('1 account')).toBeInTheDocument();
    expect(screen.queryByText('Not complete')).not.toBeInTheDocument();
  });

  it('keeps order and page in the URL, and an order starts at page one', async () => {
    const listAccounts = jest.fn(async (query: AccountsQuery = {}) =>
      pageOf([account({ name: `Account of ${query.cursor ?? 'first'}` })], {
        totalItems: { atLeast: 10000 },
        pageInfo: { nextCursor: query.cursor === 'c2' ? undefined : 'c2' },
      }),
    );
    const { user, address } = renderPage(<AccountsPage />, {
      api: { listConnections, listAccounts },
      at: '/accounts',
    });

    await screen.findByText('Account of first');
    expect(screen.getByText('10 000 or more accounts')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Next table page' }));
    expect(await screen.findByText('Account of c2')).toBeInTheDocument();
    expect(address.current).toBe('/accounts?cursor=c2&page=2');
    expect(screen.getByText('21 to 21 of 10 000 or more')).toBeInTheDocument();

    await user.click(
      screen.getByRole('button', { name: 'Previous table page' }),
    );
    expect(await screen.findByText('Account of first')).toBeInTheDocument();
    expect(address.current).toBe('/accounts');

    await user.click(screen.getByRole('columnheader', { name: /Account/ }));
    await waitFor(() => expect(address.current).toBe('/accounts?sort=-name'));
  });

  it('keeps search and filters in the URL, and begins at page one', async () => {
    const listAccounts = jest.fn(async (query: AccountsQuery = {}) =>
      pageOf([account({ name: `Account of ${query.cursor ?? 'first'}` })]),
    );
    const { user, address } = renderPage(<AccountsPage />, {
      api: { listConnections, listAccounts },
      at: '/accounts?sort=-name&cursor=c2&page=2',
    });
    await screen.findByText('Account of c2');
    await user.type(screen.getByRole('searchbox'), 'ana');
    await waitFor(() =>
      expect(address.current).toBe('/accounts?sort=-name&q=ana'),
    );
    expect(listAccounts).toHaveBeenCalledWith(
      { q: 'ana', sort: '-name', limit: 20 },
      expect.anything(),
    );

    await user.click(
      screen.getByRole('button', { name: /^Any class Class|Class/ }),
    );
    await user.click(await screen.findByRole('option', { name: 'Guest' }));
    await waitFor(() =>
      expect(address.current).toBe('/accounts?sort=-name&q=ana&class=guest'),
    );
  });

  it('names the filters that hide everything, and clears them', async () => {
    const { user, address } = renderPage(<AccountsPage />, {
      api: {
        listConnections,
        listAccounts: async (query = {}) =>
          pageOf(query.class ? [] : [account()]),
      },
      at: '/accounts?class=guest&q=zed&person=unlinked&connection=northwind',
    });
    expect(await screen.findByText('No account matches')).toBeInTheDocument();
    expect(
      await screen.findByText(
        'Accounts are hidden by search: zed, Class: Guest, Person: Nobody is linked.',
      ),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(await screen.findByText('Ana Lindqvist')).toBeInTheDocument();
    expect(address.current).toBe('/accounts?connection=northwind');
  });

  it('points to the connections when there is no account yet', async () => {
    renderPage(<AccountsPage />, {
      api: { listConnections, listAccounts: async () => pageOf([]) },
    });
    expect(await screen.findByText('No account yet')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'See the connections' }),
    ).toHaveAttribute('href', '/connections');
  });

  it('shows that it loads', async () => {
    renderPage(<AccountsPage />, {
      api: { listConnections, listAccounts: () => never() },
    });
    expect(await screen.findByText('Loading')).toBeInTheDocument();
  });

  it('names the missing permission, also when the backend does not', async () => {
    const error = await responseError(403, 'Unauthorized');
    renderPage(<AccountsPage />, {
      api: { listConnections, listAccounts: () => Promise.reject(error) },
    });
    expect(
      await screen.findByText(
        /permission confluence-compliance\.account\.read\./,
      ),
    ).toBeInTheDocument();
  });

  it('starts the list again when a cursor is too old', async () => {
    const error = await responseError(
      410,
      'This page is too old to go on from.',
    );
    const { user, address } = renderPage(<AccountsPage />, {
      api: {
        listConnections,
        listAccounts: async (query = {}) => {
          if (query.cursor) {
            throw error;
          }
          return pageOf([account()]);
        },
      },
      at: '/accounts?status=active&cursor=old&page=7',
    });
    expect(
      await screen.findByText(/This page is too old to go on from/),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Ana Lindqvist')).toBeInTheDocument();
    expect(address.current).toBe('/accounts?status=active');
  });

  it('shows hostile names as text', async () => {
    renderPage(<AccountsPage />, {
      api: {
        listConnections,
        listAccounts: async () =>
          pageOf([
            account({
              name: hostile,
              email: hostile,
              person: { ref: hostile, how: hostile },
              entityRef: 'data:text/html,x',
            }),
          ]),
      },
    });
    const shown = await screen.findAllByText(hostile);
    expect(shown.length).toBeGreaterThanOrEqual(4);
    expect(shown[0]).toHaveAttribute('dir', 'auto');
    expect(document.querySelector('img[src="x"]')).toBeNull();
    expect(document.querySelector('[href^="data:"]')).toBeNull();
  });
});
