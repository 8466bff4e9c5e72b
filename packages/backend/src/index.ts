// SPDX-License-Identifier: Apache-2.0
import { createBackend } from '@backstage/backend-defaults';
import { demoSignIn } from './demoSignIn';
import { permissionPolicy } from './permissionPolicy';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(demoSignIn);

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(permissionPolicy);

backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(
  import(
    '@confluence-compliance/backstage-plugin-catalog-backend-module-confluence'
  ),
);

backend.add(
  import(
    '@confluence-compliance/backstage-plugin-confluence-compliance-backend'
  ),
);
backend.add(
  import(
    '@confluence-compliance/backstage-plugin-confluence-compliance-backend-module-archived-spaces'
  ),
);

backend.start().catch(error => {
  // Startup errors say in one line what to change; a trace would bury it.
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
