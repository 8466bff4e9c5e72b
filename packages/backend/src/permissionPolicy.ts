// SPDX-License-Identifier: Apache-2.0
import { createBackendModule } from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PermissionPolicy } from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { createConfluenceCompliancePolicy } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';

/** The permissions of all other plugins: whoever is signed in has them. */
const everythingElse: PermissionPolicy = {
  async handle(_request, user) {
    return { result: user ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
  },
};

/** Who may do what in the demo. */
export const permissionPolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'northwind-policy',
  register(env) {
    env.registerInit({
      deps: { extension: policyExtensionPoint },
      async init({ extension }) {
        extension.setPolicy(
          createConfluenceCompliancePolicy({
            roles: {
              admin: ['group:default/it'],
              reviewer: ['group:default/security'],
              auditor: ['group:default/internal-audit'],
              member: 'everybody',
            },
            otherwise: everythingElse,
          }),
        );
      },
    });
  },
});
