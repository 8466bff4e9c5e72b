// SPDX-License-Identifier: Apache-2.0
import { convertLegacyRouteRef } from '@backstage/core-compat-api';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import type { JSX } from 'react';
import { confluenceComplianceApiRef, createClient } from '../api';
import { rootRouteRef } from '../routes';

const root = convertLegacyRouteRef(rootRouteRef);

/**
 * Confluence Compliance for apps of the classic frontend system.
 *
 * @public
 */
export const confluenceCompliancePlugin = createPlugin({
  id: 'confluence-compliance',
  routes: { root },
  apis: [
    createApiFactory({
      api: confluenceComplianceApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => createClient(fetchApi),
    }),
  ],
});

/**
 * The page with the tabs Overview, Accounts, Groups, Spaces, Checks and Connections.
 *
 * @public
 */
export const ConfluenceCompliancePage: () => JSX.Element =
  confluenceCompliancePlugin.provide(
    createRoutableExtension({
      name: 'ConfluenceCompliancePage',
      component: () => import('./CompliancePage').then(m => m.CompliancePage),
      mountPoint: root,
    }),
  );

/**
 * Card of a `User` or `Group`: what it can do in Confluence, and what is wrong with that.
 *
 * @public
 */
export const EntityConfluenceAccessCard: () => JSX.Element =
  confluenceCompliancePlugin.provide(
    createComponentExtension({
      name: 'EntityConfluenceAccessCard',
      component: {
        lazy: () => import('./cards').then(m => m.LegacyAccessCard),
      },
    }),
  );

/**
 * Card of what names its Confluence space: who reaches the space, and what the checks say.
 *
 * @public
 */
export const EntityConfluenceSpaceCard: () => JSX.Element =
  confluenceCompliancePlugin.provide(
    createComponentExtension({
      name: 'EntityConfluenceSpaceCard',
      component: { lazy: () => import('./cards').then(m => m.LegacySpaceCard) },
    }),
  );

/**
 * Card of a critical system: where its access review stands. Shows nothing on other entities.
 *
 * @public
 */
export const EntityConfluenceAccessReviewCard: () => JSX.Element =
  confluenceCompliancePlugin.provide(
    createComponentExtension({
      name: 'EntityConfluenceAccessReviewCard',
      component: {
        lazy: () => import('./cards').then(m => m.LegacyAccessReviewCard),
      },
    }),
  );

/**
 * Card of a mirrored page: which required policies it fulfils.
 *
 * @public
 */
export const EntityConfluencePolicyCard: () => JSX.Element =
  confluenceCompliancePlugin.provide(
    createComponentExtension({
      name: 'EntityConfluencePolicyCard',
      component: {
        lazy: () => import('./cards').then(m => m.LegacyPolicyCard),
      },
    }),
  );

/**
 * Tab of an entity page: every principal, every check.
 *
 * @public
 */
export const EntityConfluenceContent: () => JSX.Element =
  confluenceCompliancePlugin.provide(
    createComponentExtension({
      name: 'EntityConfluenceContent',
      component: { lazy: () => import('./cards').then(m => m.LegacyContent) },
    }),
  );
