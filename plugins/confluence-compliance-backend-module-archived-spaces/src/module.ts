// SPDX-License-Identifier: Apache-2.0
import { createBackendModule } from '@backstage/backend-plugin-api';
import { confluenceComplianceChecksExtensionPoint } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { archivedSpaces } from './archivedSpaces';

/** Adds the check to those that come with the plugin. @public */
export const archivedSpacesModule = createBackendModule({
  pluginId: 'confluence-compliance',
  moduleId: 'archived-spaces',
  register(reg) {
    reg.registerInit({
      deps: { checks: confluenceComplianceChecksExtensionPoint },
      async init({ checks }) {
        checks.addCheck(archivedSpaces);
      },
    });
  },
});
