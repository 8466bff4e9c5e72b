// SPDX-License-Identifier: Apache-2.0
import type { SpacesQuery } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, waitFor, within } from '@testing-library/react';
import {
  connection,
  hostile,
  openSpace,
  pageOf,
  space,
  spaces,
} from '../__testUtils__/fixtures';
import { renderPage, responseError } from '../__testUtils__/render';
import { SpacesPage } from './SpacesPage';

const listConnections = async () => pageOf([connection()]);

const rowOf = async (name: string) =>
  within(
    (await screen.findByText(name)).closest('[role="row"]') as HTMLElement,
  );

describe('SpacesPage', () => {
  it('shows each space, what makes it stand out, and what is not known of it', async () => {
    renderPage(<SpacesPage />, {
      api: { listConnections, listSpaces: async () => pageOf(spaces) },
    });
    const payments = await rowOf('Payments');
    expect(payments.getByText('PAY')).toBeInTheDocument();
    expect(payments.getByText('Critical system')).toBeInTheDocument();
    expect(payments.queryByText('Open to the internet')).toBeNull();
    expect(payments.getByText('1 204')).toBeInTheDocument();
    const help = await rowOf('Northwind help');
    expect(help.getByText('Open to the internet')).toBeInTheDocument();
    expect(help.getByText('Knowledge base')).toBeInTheDocument();
    const security = await rowOf('Security');
    expect(
      security.getByRole('button', {
        name: 'Unknown: The permissions of this space were never read.',
      }),
    ).toBeInTheDocument();
    expect(security.queryByText('Open to the internet')).toBeNull();
    expect(
      (await rowOf('Project Atlas (2019)')).getByText('Archived'),
    ).toBeInTheDocument();
    expect(screen.getByText('5 spaces')).toBeInTheDocument();
  });

  it('opens the page of a space and keeps the date', async () => {
    const { user, address } = renderPage(<SpacesPage />, {
      api: { listConnections, listSpaces: async () => pageOf([openSpace]) },
      at: '/spaces?asOf=2026-11-03',
    });
    await user.click(
      await screen.findByRole('link', {
        name: '1 open finding about Northwind help',
      }),
    );
    await waitFor(() =>
      expect(address.current).toBe('/spaces/northwind/HELP?asOf=2026-11-03'),
    );
  });

  it('asks the server, and keeps the filters in the URL', async () => {
    const listSpaces = jest.fn(async (_query: SpacesQuery = {}) =>
      pageOf([space()]),
    );
    const { user, address } = renderPage(<SpacesPage />, {
      api: { listConnections, listSpaces },
      at: '/spaces?q=pay&sort=-key&limit=50&connection=northwind&cursor=c2&page=2',
    });
    await screen.findByText('Payments');
    expect(listSpaces).toHaveBeenCalledWith(
      {
        q: 'pay',
        sort: '-key',
        limit: 50,
        cursor: 'c2',
        connection: 'northwind',
        asOf: undefined,
      },
      expect.anything(),
    );
    await user.click(
      screen.getByRole('button', { name: /Any type Type|Type/ }),
    );
    await user.click(await screen.findByRole('option', { name: 'Personal' }));
    await waitFor(() =>
      expect(address.current).toBe(
        '/spaces?q=pay&sort=-key&limit=50&connection=northwind&type=personal',
      ),
    );
  });

  it('names the filters that hide everything', async () => {
    const { user, address } = renderPage(<SpacesPage />, {
      api: {
        listConnections,
        listSpaces: async (query = {}) => pageOf(query.type ? [] : [space()]),
      },
      at: '/spaces?type=personal&status=archived',
    });
    expect(
      await screen.findByText(
        'Spaces are hidden by Type: Personal, Status: Archived.',
      ),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(await screen.findByText('Payments')).toBeInTheDocument();
    expect(address.current).toBe('/spaces');
  });

  it('says that there is none yet, and who may see them', async () => {
    const first = renderPage(<SpacesPage />, {
      api: { listConnections, listSpaces: async () => pageOf([]) },
    });
    expect(await screen.findByText('No space yet')).toBeInTheDocument();
    first.unmount();
    const error = await responseError(403, 'Unauthorized');
    renderPage(<SpacesPage />, {
      api: { listConnections, listSpaces: () => Promise.reject(error) },
    });
    expect(
      await screen.findByText(
        /permission confluence-compliance\.space\.read\./,
      ),
    ).toBeInTheDocument();
  });

  it('shows hostile names as text', async () => {
    renderPage(<SpacesPage />, {
      api: {
        listConnections,
        listSpaces: async () =>
          pageOf([
            space({
              name: hostile,
              key: hostile,
              type: hostile,
              status: hostile,
              entityRef: 'data:text/html,x',
            }),
          ]),
      },
    });
    const shown = await screen.findAllByText(hostile);
    expect(shown).toHaveLength(4);
    for (const element of shown) {
      expect(element).toHaveAttribute('dir', 'auto');
    }
    expect(document.querySelector('img[src="x"]')).toBeNull();
    expect(document.querySelector('[href^="data:"]')).toBeNull();
  });
});
