// SPDX-License-Identifier: Apache-2.0
// In a file of its own: usePermission keeps its answers for as long as the module lives.
import { screen } from '@testing-library/react';
import {
  check,
  connection,
  pageOf,
  refusedRun,
} from './__testUtils__/fixtures';
import { renderPage } from './__testUtils__/render';
import { ChecksTab } from './checks/ChecksTab';
import { ConnectionsPage } from './connections/ConnectionsPage';

const refused = [
  'confluence-compliance.sync.run',
  'confluence-compliance.check.run',
];

describe('without the right to act', () => {
  it('disables Sync now and Accept this change, and names the permission', async () => {
    renderPage(<ConnectionsPage />, {
      api: {
        listConnections: async () =>
          pageOf([connection({ lastRun: refusedRun })]),
      },
      refused,
    });
    expect(
      await screen.findByText('Sync now needs confluence-compliance.sync.run'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Sync now, Northwind' }),
    ).toBeDisabled();
    expect(
      screen.getByText('Accepting needs confluence-compliance.sync.run'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /^Accept this change/ }),
    ).not.toBeInTheDocument();
  });

  it('disables Run now, and names the permission', async () => {
    renderPage(<ChecksTab />, {
      api: {
        getCheck: async () => check(),
        listFindings: async () => pageOf([]),
      },
      at: '/checks/access.offboarded-removed',
      path: '/checks/*',
      refused,
    });
    expect(
      await screen.findByText('Run now needs confluence-compliance.check.run'),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Run now' })).toBeDisabled();
  });
});
