// SPDX-License-Identifier: Apache-2.0
import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  createFrontendModule,
  ApiBlueprint,
} from '@backstage/frontend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import plugin, { confluenceComplianceApiRef } from '../src';
import { createFixedApi } from '../src/__testUtils__/fixedApi';
import { dataStates } from '../src/__testUtils__/states';
import { cardStories } from './cards';

// Read once: links inside the plugin do not keep it.
const data = new URLSearchParams(window.location.search).get('data');
const state = dataStates.find(name => name === data) ?? 'full';

// The pages over invented data, without a backend, in the state that ?data= names.
const fixedData = createFrontendModule({
  pluginId: 'confluence-compliance',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: confluenceComplianceApiRef,
          deps: {},
          factory: () => createFixedApi(state),
        }),
    }),
  ],
});

// There is no permission backend to ask, so everything is allowed; with ?data=denied nothing, and
// with ?data=auditor only what reads.
const permissions = createFrontendModule({
  pluginId: 'app',
  extensions: [
    ApiBlueprint.make({
      name: 'permission',
      params: defineParams =>
        defineParams({
          api: permissionApiRef,
          deps: {},
          factory: () => ({
            authorize: async ({ permission }) => ({
              result:
                data === 'denied' ||
                (data === 'auditor' && permission.attributes.action !== 'read')
                  ? AuthorizeResult.DENY
                  : AuthorizeResult.ALLOW,
            }),
          }),
        }),
    }),
  ],
});

createDevApp({ features: [plugin, fixedData, permissions, cardStories] });
