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
import { cardStories } from './cards';

// The pages over invented data, without a backend. ?data=empty and ?data=error show other states.
const fixedData = createFrontendModule({
  pluginId: 'confluence-compliance',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: confluenceComplianceApiRef,
          deps: {},
          factory: () =>
            createFixedApi(
              new URLSearchParams(window.location.search).get('data') ?? 'full',
            ),
        }),
    }),
  ],
});

// There is no permission backend to ask, so everything is allowed.
const allowed = createFrontendModule({
  pluginId: 'app',
  extensions: [
    ApiBlueprint.make({
      name: 'permission',
      params: defineParams =>
        defineParams({
          api: permissionApiRef,
          deps: {},
          factory: () => ({
            authorize: async () => ({ result: AuthorizeResult.ALLOW as const }),
          }),
        }),
    }),
  ],
});

createDevApp({ features: [plugin, fixedData, allowed, cardStories] });
