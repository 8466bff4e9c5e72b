// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor } from '@testing-library/react';
import {
  connection,
  connectionSetup,
  otherConnections,
  pageOf,
  partialConnection,
} from '../__testUtils__/fixtures';
import { renderPage } from '../__testUtils__/render';
import { ConnectionsTab } from './ConnectionsTab';

// What may be done is remembered beyond a test, so whoever may nothing has a file of their own.
const open = (at: string) => {
  const getConnectionSetup = jest.fn(async () => connectionSetup);
  renderPage(<ConnectionsTab />, {
    at,
    path: '/connections/*',
    api: {
      listConnections: async () =>
        pageOf([connection(), partialConnection, ...otherConnections]),
      listContainers: async () => pageOf([]),
      listRuns: async () => pageOf([]),
      getConnectionSetup,
    },
    refused: [
      'confluence-compliance.connection.create',
      'confluence-compliance.connection.update',
      'confluence-compliance.connection.delete',
    ],
  });
  return { getConnectionSetup };
};

describe('connections for whoever may only see them', () => {
  it('have no buttons but Sync now', async () => {
    open('/connections');
    await screen.findByRole('article', { name: 'Northwind Legal' });
    await waitFor(() =>
      expect(
        screen
          .getAllByRole('button')
          .map(button => button.getAttribute('aria-label')),
      ).toEqual(['Sync now, Northwind', 'Sync now, Northwind Legal']),
    );
    expect(screen.queryByRole('link', { name: 'Connect a site' })).toBeNull();
    expect(screen.queryByRole('link', { name: /organization key/ })).toBeNull();
  });

  it('cannot be made, and the page says what that needs', async () => {
    const { getConnectionSetup } = open('/connections/new');
    expect(
      await screen.findByText(
        /permission confluence-compliance\.connection\.create/,
      ),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull();
    expect(getConnectionSetup).not.toHaveBeenCalled();
  });
});
