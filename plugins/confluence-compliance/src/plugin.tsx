// SPDX-License-Identifier: Apache-2.0
import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
  PluginWrapperBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  accountReadPermission,
  checkReadPermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiShieldCheckLine } from '@remixicon/react';
import { confluenceComplianceApiRef, createClient } from './api';
import {
  accountsRouteRef,
  checksRouteRef,
  connectionsRouteRef,
  rootRouteRef,
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

const page = PageBlueprint.make({
  params: { path: '/confluence-compliance', routeRef: rootRouteRef },
});

// Not gated: whoever may see nothing still finds one tab that names the permission.
const connectionsPage = SubPageBlueprint.make({
  name: 'connections',
  params: {
    path: 'connections',
    title: 'Connections',
    routeRef: connectionsRouteRef,
    loader: () =>
      import('./connections/ConnectionsPage').then(m => <m.ConnectionsPage />),
  },
});

const accountsPage = SubPageBlueprint.make({
  name: 'accounts',
  if: { permissions: { $contains: `${accountReadPermission.name}#read` } },
  params: {
    path: 'accounts',
    title: 'Accounts',
    routeRef: accountsRouteRef,
    loader: () =>
      import('./accounts/AccountsPage').then(m => <m.AccountsPage />),
  },
});

const checksPage = SubPageBlueprint.make({
  name: 'checks',
  if: { permissions: { $contains: `${checkReadPermission.name}#read` } },
  params: {
    path: 'checks',
    title: 'Checks',
    routeRef: checksRouteRef,
    loader: () => import('./checks/ChecksTab').then(m => <m.ChecksTab />),
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
    connections: connectionsRouteRef,
    accounts: accountsRouteRef,
    checks: checksRouteRef,
  },
  extensions: [
    api,
    queryWrapper,
    page,
    connectionsPage,
    accountsPage,
    checksPage,
  ],
});
