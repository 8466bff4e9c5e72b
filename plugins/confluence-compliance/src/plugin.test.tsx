// SPDX-License-Identifier: Apache-2.0
import { createApiMock, renderTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { confluenceComplianceApiRef, createClient } from './api';
import { createFixedApi } from './__testUtils__/fixedApi';
import plugin from './index';

// renderTestApp finalizes the app at once, which permission predicates do not allow,
// so the gates are lifted here.
const ungated = plugin.withOverrides({
  extensions: [
    plugin
      .getExtension('sub-page:confluence-compliance/groups')
      .override({ if: undefined }),
    plugin
      .getExtension('sub-page:confluence-compliance/spaces')
      .override({ if: undefined }),
    plugin
      .getExtension('sub-page:confluence-compliance/checks')
      .override({ if: undefined }),
    plugin
      .getExtension('sub-page:confluence-compliance/reviews')
      .override({ if: undefined }),
    plugin
      .getExtension('sub-page:confluence-compliance/policies')
      .override({ if: undefined }),
    plugin
      .getExtension('sub-page:confluence-compliance/connections')
      .override({ if: undefined }),
  ],
});

const apiMock = createApiMock(confluenceComplianceApiRef, () => {
  const api = createFixedApi('full');
  return Object.fromEntries(
    Object.keys(api).map(name => [name, jest.fn()]),
  ) as unknown as jest.Mocked<typeof api>;
});

describe('the plugin', () => {
  it('opens on the overview and leads to the other tabs and a check', async () => {
    renderTestApp({
      features: [ungated],
      initialRouteEntries: ['/confluence-compliance'],
      apis: [apiMock(createFixedApi('full'))],
    });
    const user = userEvent.setup();
    expect(
      await screen.findByRole(
        'tab',
        { name: 'Overview', selected: true },
        { timeout: 10_000 },
      ),
    ).toBeInTheDocument();
    expect(
      screen.getAllByRole('tab').map(({ textContent }) => textContent),
    ).toEqual([
      'Overview',
      'Accounts',
      'Groups',
      'Spaces',
      'Checks',
      'Reviews',
      'Policies',
      'Connections',
    ]);

    await user.click(screen.getByRole('tab', { name: 'Accounts' }));
    expect(
      await screen.findByText('Mei Tanaka', {}, { timeout: 10_000 }),
    ).toBeInTheDocument();

    await user.click(screen.getByRole('tab', { name: 'Checks' }));
    await user.click(
      await screen.findByRole(
        'link',
        { name: 'Everybody signs in with MFA' },
        { timeout: 10_000 },
      ),
    );
    expect(
      await screen.findByRole('heading', {
        level: 1,
        name: 'Everybody signs in with MFA',
      }),
    ).toBeInTheDocument();
  }, 30_000);

  it('names the permission at the address of a tab that is hidden', async () => {
    const hidden = plugin.withOverrides({
      extensions: (
        [
          'groups',
          'spaces',
          'checks',
          'reviews',
          'policies',
          'connections',
        ] as const
      ).map(name =>
        plugin
          .getExtension(`sub-page:confluence-compliance/${name}`)
          .override({ if: undefined, disabled: true }),
      ),
    });
    renderTestApp({
      features: [hidden],
      initialRouteEntries: ['/confluence-compliance/connections'],
      apis: [apiMock(createFixedApi('full'))],
    });
    expect(
      await screen.findByText(
        /confluence-compliance\.connection\.read/,
        {},
        { timeout: 10_000 },
      ),
    ).toBeInTheDocument();
    expect(
      screen.getAllByRole('tab').map(({ textContent }) => textContent),
    ).toEqual(['Overview', 'Accounts']);
  });

  it('asks the backend of its own plugin, with what the app signs', async () => {
    const fetch = jest.fn(
      async () => new Response(JSON.stringify({ items: [] })),
    );
    await createClient({ fetch }).listFindings({ check: 'a b' });
    expect(fetch).toHaveBeenCalledWith(
      'plugin://confluence-compliance/findings?check=a+b',
      expect.anything(),
    );
  });
});
