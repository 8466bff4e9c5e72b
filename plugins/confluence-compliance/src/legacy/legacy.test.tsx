// SPDX-License-Identifier: Apache-2.0
import { parseEntityRef } from '@backstage/catalog-model';
import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { createApiFactory } from '@backstage/core-plugin-api';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { EntitySwitch } from '@backstage/plugin-catalog';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import type { Access } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { Route } from 'react-router-dom';
import { createFixedApi } from '../__testUtils__/fixedApi';
import { personAccess } from '../__testUtils__/fixtures/access';
import {
  policyAccess,
  siteAccess,
  spaceAccess,
} from '../__testUtils__/fixtures/spaceAccess';
import {
  ConfluenceCompliancePage,
  confluenceComplianceApiRef,
  confluenceCompliancePlugin,
  EntityConfluenceAccessCard,
  EntityConfluenceAccessReviewCard,
  EntityConfluenceContent,
  EntityConfluencePolicyCard,
  EntityConfluenceSpaceCard,
  isConfluenceAccessReviewAvailable,
  isConfluenceSpaceAvailable,
} from './index';

const permissions = (refused: string[] = []) => ({
  authorize: async ({ permission }: { permission: { name: string } }) => ({
    result: refused.includes(permission.name)
      ? AuthorizeResult.DENY
      : AuthorizeResult.ALLOW,
  }),
});

const slow = { timeout: 20_000 };

describe('the page in a classic app', () => {
  it('has every tab, and leads from tab to tab and into a check', async () => {
    window.history.pushState({}, '', '/confluence-compliance');
    const app = createApp({
      apis: [
        createApiFactory(confluenceComplianceApiRef, createFixedApi('full')),
        createApiFactory(permissionApiRef, permissions()),
        createApiFactory(catalogApiRef, catalogApiMock()),
      ],
      configLoader: async () => [
        {
          context: 'test',
          data: {
            app: { baseUrl: 'http://localhost' },
            backend: { baseUrl: 'http://localhost:7007' },
          },
        },
      ],
    });
    const Root = app.createRoot(
      <AppRouter>
        <FlatRoutes>
          <Route
            path="/confluence-compliance"
            element={<ConfluenceCompliancePage />}
          />
        </FlatRoutes>
      </AppRouter>,
    );
    render(<Root />);
    const user = userEvent.setup();
    expect(
      await screen.findByRole('tab', { name: 'Spaces' }, slow),
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
    expect(window.location.pathname).toBe('/confluence-compliance/overview');

    await user.click(screen.getByRole('tab', { name: 'Accounts' }));
    expect(await screen.findByText('Mei Tanaka', {}, slow)).toBeInTheDocument();

    await user.click(screen.getByRole('tab', { name: 'Connections' }));
    expect(
      await screen.findByRole('article', { name: /Legal/ }, slow),
    ).toBeInTheDocument();

    await user.click(screen.getByRole('tab', { name: 'Spaces' }));
    expect(window.location.pathname).toBe('/confluence-compliance/spaces');

    await user.click(screen.getByRole('tab', { name: 'Checks' }));
    await user.click(
      await screen.findByRole(
        'link',
        { name: 'Everybody signs in with MFA' },
        slow,
      ),
    );
    expect(
      await screen.findByRole(
        'heading',
        { level: 1, name: 'Everybody signs in with MFA' },
        slow,
      ),
    ).toBeInTheDocument();
    expect(window.location.pathname).toBe(
      '/confluence-compliance/checks/auth.mfa-enabled',
    );
  }, 60_000);
});

describe('a card in a classic app', () => {
  // One cache serves every card, so each card stands on an entity of its own.
  const on = (card: ReactElement, access: Access) => {
    const { kind, namespace, name } = parseEntityRef(access.entityRef);
    return renderInTestApp(
      <TestApiProvider
        apis={[
          [
            confluenceComplianceApiRef,
            { ...createFixedApi('full'), getAccess: async () => access },
          ],
          [permissionApiRef, permissions()],
        ]}
      >
        <EntityProvider
          entity={{
            apiVersion: 'backstage.io/v1alpha1',
            kind,
            metadata: {
              namespace,
              name,
              annotations: { 'atlassian.net/site': 'https://x' },
            },
          }}
        >
          {card}
        </EntityProvider>
      </TestApiProvider>,
      {
        mountedRoutes: {
          '/compliance': confluenceCompliancePlugin.routes.root,
          '/catalog/:namespace/:kind/:name': entityRouteRef,
        },
      },
    );
  };

  it.each<[string, ReactElement, Access, string]>([
    [
      'access',
      <EntityConfluenceAccessCard />,
      personAccess,
      'Left 3 days ago and can still sign in.',
    ],
    ['space', <EntityConfluenceSpaceCard />, spaceAccess, 'People with access'],
    [
      'access review',
      <EntityConfluenceAccessReviewCard />,
      siteAccess,
      'Everybody employed',
    ],
    [
      'policy',
      <EntityConfluencePolicyCard />,
      policyAccess,
      'Information Security Policy',
    ],
    [
      'tab',
      <EntityConfluenceContent />,
      { ...spaceAccess, entityRef: 'resource:confluence/payments-1a2b3c4d' },
      'Checks',
    ],
  ])('shows the %s', async (_, card, access, text) => {
    await on(card, access);
    expect((await screen.findAllByText(text, {}, slow))[0]).toBeInTheDocument();
  });

  it('stands on an entity that has what it needs', async () => {
    await on(
      <>
        <EntitySwitch>
          <EntitySwitch.Case if={isConfluenceSpaceAvailable}>
            <EntityConfluenceSpaceCard />
          </EntitySwitch.Case>
        </EntitySwitch>
        <EntitySwitch>
          <EntitySwitch.Case if={isConfluenceAccessReviewAvailable}>
            <EntityConfluenceAccessReviewCard />
          </EntitySwitch.Case>
        </EntitySwitch>
      </>,
      { ...siteAccess, entityRef: 'system:confluence/legal-1a2b3c4d' },
    );
    expect(
      await screen.findByText('Everybody employed', {}, slow),
    ).toBeInTheDocument();
    expect(
      screen.queryByText('Space access and findings'),
    ).not.toBeInTheDocument();
  });

  it('leads to the page below where the app mounts it, and to the catalog', async () => {
    await on(<EntityConfluenceAccessCard />, personAccess);
    expect(
      await screen.findByRole('link', { name: 'Open account' }, slow),
    ).toHaveAttribute('href', '/compliance/accounts/northwind/557058:ana');
    expect(
      screen.getByRole('link', { name: 'payments-leads' }),
    ).toHaveAttribute(
      'href',
      '/catalog/confluence/group/payments-leads-0a1b2c3d',
    );
  });
});
