// SPDX-License-Identifier: Apache-2.0
// In a file of its own: usePermission keeps its answers for as long as the module lives.
import type { Access } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen } from '@testing-library/react';
import {
  check,
  connection,
  pageOf,
  refusedRun,
} from './__testUtils__/fixtures';
import { never, renderPage } from './__testUtils__/render';
import { ChecksTab } from './checks/ChecksTab';
import { ConnectionsPage } from './connections/ConnectionsPage';
import { OverviewPage } from './overview/OverviewPage';

const refused = [
  'confluence-compliance.sync.run',
  'confluence-compliance.check.run',
  'confluence-compliance.check.read',
];

describe('without the right to read checks', () => {
  it('shows the access that somebody has themselves, and names the permission', async () => {
    const getAccess = jest.fn(() => never<Access>());
    renderPage(<OverviewPage />, { api: { getAccess }, refused });
    expect(
      await screen.findByText(
        /The rest of the overview needs the permission confluence-compliance\.check\.read/,
        {},
        { timeout: 10_000 },
      ),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('heading', { name: 'Your own access' }),
    ).toBeInTheDocument();
    expect(getAccess).toHaveBeenCalledWith(
      'user:default/ana.lindqvist',
      expect.anything(),
    );
  });
});

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
