// SPDX-License-Identifier: Apache-2.0
import {
  ApiBlueprint,
  coreExtensionData,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
  PluginHeaderActionBlueprint,
  PluginWrapperBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  checkReadPermission,
  connectionReadPermission,
  groupReadPermission,
  pageReadPermission,
  policyAcknowledgePermission,
  reviewDecidePermission,
  spaceReadPermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiShieldCheckLine } from '@remixicon/react';
import { lazy, Suspense } from 'react';
import { confluenceComplianceApiRef, createClient } from './api';
import { cardExtensions } from './cards/extensions';
import {
  accountRouteRef,
  accountsRouteRef,
  checkRouteRef,
  checksRouteRef,
  connectionSetupRouteRef,
  connectionsRouteRef,
  exceptionsRouteRef,
  controlsRouteRef,
  findingsRouteRef,
  groupRouteRef,
  groupsRouteRef,
  newConnectionRouteRef,
  overviewRouteRef,
  policiesRouteRef,
  policyRouteRef,
  reviewRouteRef,
  reviewsRouteRef,
  rootRouteRef,
  spaceRouteRef,
  spacesRouteRef,
} from './routes';

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: confluenceComplianceApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => createClient(fetchApi),
    }),
});

const queryWrapper = PluginWrapperBlueprint.make({
  name: 'queries',
  params: defineParams =>
    defineParams({
      loader: () =>
        import('./queryClient').then(m => ({ component: m.QueryWrapper })),
    }),
});

const HiddenTab = lazy(() =>
  import('./components/HiddenTab').then(m => ({ default: m.HiddenTab })),
);

// A tab without permission is hidden, and its address says which permission that is.
const page = PageBlueprint.makeWithOverrides({
  *factory(originalFactory, { inputs }) {
    const { reactElement, routePath } = coreExtensionData;
    const original = originalFactory({
      path: '/confluence-compliance',
      routeRef: rootRouteRef,
    });
    const shown = inputs.pages.map(tab => tab.get(routePath));
    for (const data of original) {
      if (data.id !== reactElement.id) {
        yield data;
      }
    }
    yield reactElement(
      <>
        {original.get(reactElement)}
        <Suspense fallback={null}>
          <HiddenTab shown={shown} />
        </Suspense>
      </>,
    );
  },
});

const scopeAction = PluginHeaderActionBlueprint.make({
  name: 'scope',
  params: {
    loader: () => import('./scope/ScopeControl').then(m => <m.ScopeControl />),
  },
});

const readable = ({ name }: { name: string }) => ({
  permissions: { $contains: `${name}#read` },
});

// Not gated: whoever may see nothing else sees the access they have themselves.
const overviewPage = SubPageBlueprint.make({
  name: 'overview',
  params: {
    path: 'overview',
    title: 'Overview',
    routeRef: overviewRouteRef,
    loader: () =>
      import('./overview/OverviewPage').then(m => <m.OverviewPage />),
  },
});

// Not gated: the list narrows itself to the accounts that somebody may see.
const accountsPage = SubPageBlueprint.make({
  name: 'accounts',
  params: {
    path: 'accounts',
    title: 'Accounts',
    routeRef: accountsRouteRef,
    loader: () => import('./accounts/AccountsTab').then(m => <m.AccountsTab />),
  },
});

const groupsPage = SubPageBlueprint.make({
  name: 'groups',
  if: readable(groupReadPermission),
  params: {
    path: 'groups',
    title: 'Groups',
    routeRef: groupsRouteRef,
    loader: () => import('./groups/GroupsTab').then(m => <m.GroupsTab />),
  },
});

const spacesPage = SubPageBlueprint.make({
  name: 'spaces',
  if: readable(spaceReadPermission),
  params: {
    path: 'spaces',
    title: 'Spaces',
    routeRef: spacesRouteRef,
    loader: () => import('./spaces/SpacesTab').then(m => <m.SpacesTab />),
  },
});

const checksPage = SubPageBlueprint.make({
  name: 'checks',
  if: readable(checkReadPermission),
  params: {
    path: 'checks',
    title: 'Checks',
    routeRef: checksRouteRef,
    loader: () => import('./checks/ChecksTab').then(m => <m.ChecksTab />),
  },
});

const policiesPage = SubPageBlueprint.make({
  name: 'policies',
  if: {
    $any: [
      readable(pageReadPermission),
      {
        permissions: {
          $contains: `${policyAcknowledgePermission.name}#update`,
        },
      },
    ],
  },
  params: {
    path: 'policies',
    title: 'Policies',
    routeRef: policiesRouteRef,
    loader: () => import('./policies/PoliciesTab').then(m => <m.PoliciesTab />),
  },
});

// A reviewer may see no review but the rows that are theirs. Reviews may be readable under a condition,
// which cannot be asked for here.
const reviewsPage = SubPageBlueprint.make({
  name: 'reviews',
  if: {
    $any: [
      readable(checkReadPermission),
      {
        permissions: { $contains: `${reviewDecidePermission.name}#update` },
      },
    ],
  },
  params: {
    path: 'reviews',
    title: 'Reviews',
    routeRef: reviewsRouteRef,
    loader: () => import('./reviews/ReviewsTab').then(m => <m.ReviewsTab />),
  },
});

const connectionsPage = SubPageBlueprint.make({
  name: 'connections',
  if: readable(connectionReadPermission),
  params: {
    path: 'connections',
    title: 'Connections',
    routeRef: connectionsRouteRef,
    loader: () =>
      import('./connections/ConnectionsTab').then(m => <m.ConnectionsTab />),
  },
});

/**
 * The portal pages of Confluence Compliance.
 *
 * @public
 */
export const confluenceCompliancePlugin = createFrontendPlugin({
  pluginId: 'confluence-compliance',
  title: 'Compliance',
  icon: <RiShieldCheckLine />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    overview: overviewRouteRef,
    accounts: accountsRouteRef,
    account: accountRouteRef,
    groups: groupsRouteRef,
    group: groupRouteRef,
    spaces: spacesRouteRef,
    space: spaceRouteRef,
    checks: checksRouteRef,
    check: checkRouteRef,
    exceptions: exceptionsRouteRef,
    policies: policiesRouteRef,
    policy: policyRouteRef,
    reviews: reviewsRouteRef,
    review: reviewRouteRef,
    controls: controlsRouteRef,
    findings: findingsRouteRef,
    connections: connectionsRouteRef,
    newConnection: newConnectionRouteRef,
    connectionSetup: connectionSetupRouteRef,
  },
  extensions: [
    api,
    queryWrapper,
    page,
    scopeAction,
    overviewPage,
    accountsPage,
    groupsPage,
    spacesPage,
    checksPage,
    reviewsPage,
    policiesPage,
    connectionsPage,
    ...cardExtensions,
  ],
});
