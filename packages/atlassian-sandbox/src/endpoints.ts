// SPDX-License-Identifier: Apache-2.0
import { Endpoint } from './api';
import { Credentials } from './auth/Credentials';
import { adminEndpoints } from './routes/admin';
import { apiAccessEndpoints } from './routes/apiAccess';
import { authEndpoints } from './routes/auth';
import { authorizeEndpoints } from './routes/authorize';
import { organizationEndpoints } from './routes/organization';
import { auditEndpoints } from './routes/v1/audit';
import { groupEndpoints } from './routes/v1/groups';
import { restrictionEndpoints } from './routes/v1/restrictions';
import { searchEndpoints } from './routes/v1/search';
import { spacePermissionEndpoints } from './routes/v1/spacePermissions';
import { removedEndpoints, systemEndpoints } from './routes/v1/system';
import { userEndpoints } from './routes/v1/users';
import { pageEndpoints } from './routes/v2/pages';
import { roleChangeEndpoints } from './routes/v2/roleChanges';
import { roleEndpoints } from './routes/v2/roles';
import { spaceEndpoints } from './routes/v2/spaces';
import { bulkUserEndpoints } from './routes/v2/users';

/** Every endpoint of the stand-in; removed ones last, because their patterns are wide. */
export function allEndpoints(credentials: Credentials): readonly Endpoint[] {
  return [
    ...authorizeEndpoints(credentials.oauth),
    ...authEndpoints(credentials),
    ...userEndpoints,
    ...groupEndpoints,
    ...searchEndpoints,
    ...restrictionEndpoints,
    ...systemEndpoints,
    ...auditEndpoints,
    ...spacePermissionEndpoints,
    ...spaceEndpoints,
    ...roleEndpoints,
    ...roleChangeEndpoints,
    ...pageEndpoints,
    ...bulkUserEndpoints,
    ...organizationEndpoints,
    ...adminEndpoints,
    ...apiAccessEndpoints,
    ...removedEndpoints,
  ];
}

/** The name of an endpoint in counters and faults. */
export function nameOf(endpoint: Endpoint): string {
  return `${endpoint.method} ${endpoint.template}`;
}
