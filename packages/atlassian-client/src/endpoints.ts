// SPDX-License-Identifier: Apache-2.0
import type { EndpointScopes } from './errors';

/** One thing Atlassian can be asked, described without any value of a single request. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path template below the API's base; a name in braces is filled in per request. */
  readonly path: string;
  readonly scopes: EndpointScopes;
  /**
   * Points per object in the answer: 1 for a core object, 2 for an identity object, 0 for what is
   * neither. The request itself costs one more. `undefined` for what stands outside the points quota.
   */
  readonly weight?: 0 | 1 | 2;
  /** What the objects are: those of a list or the single one, unless they stand elsewhere. */
  readonly objects?: 'restriction-subjects';
}

/** An endpoint that answers a list. */
export interface ListEndpoint extends Endpoint {
  /** How the list goes on: by a number of records to skip, or by a cursor. */
  readonly style: 'start' | 'cursor';
  /** The page size to ask for when the caller names none. */
  readonly limit: number;
}

/** Method and template, the only way an endpoint appears in errors and events. */
export function endpointName(endpoint: Endpoint): string {
  return `${endpoint.method} ${endpoint.path}`;
}

const contentDetails = 'read:content-details:confluence';
const groupScopes = {
  granular: ['read:group:confluence'],
  classic: ['read:confluence-groups'],
};

/** The endpoints of Confluence that change something. */
export const writeEndpoints = {
  removeGroupMember: {
    method: 'DELETE',
    path: '/rest/api/group/userByGroupId',
    scopes: {
      granular: ['write:group:confluence'],
      classic: ['write:confluence-groups'],
    },
    weight: 2,
  },
  removeSpacePermission: {
    method: 'DELETE',
    path: '/rest/api/space/{spaceKey}/permission/{permissionId}',
    scopes: { granular: ['write:space.permission:confluence'] },
    weight: 0,
  },
  removeSpaceRole: {
    method: 'POST',
    path: '/api/v2/spaces/{spaceId}/role-assignments',
    scopes: { granular: ['write:space.permission:confluence'] },
    weight: 0,
  },
} as const satisfies Record<string, Endpoint>;

/** The endpoints of Confluence this client reads, all of them free of side effects. */
export const endpoints = {
  currentUser: {
    method: 'GET',
    path: '/rest/api/user/current',
    scopes: { granular: [contentDetails], classic: ['read:confluence-user'] },
    weight: 2,
  },
  groups: {
    method: 'GET',
    path: '/rest/api/group',
    scopes: groupScopes,
    weight: 2,
    style: 'start',
    limit: 200,
  },
  groupById: {
    method: 'GET',
    path: '/rest/api/group/by-id',
    scopes: groupScopes,
    weight: 2,
  },
  groupMembers: {
    method: 'GET',
    path: '/rest/api/group/{groupId}/membersByGroupId',
    scopes: {
      granular: ['read:group:confluence', 'read:user:confluence'],
      classic: ['read:confluence-groups'],
    },
    weight: 2,
    style: 'start',
    limit: 200,
  },
  memberOf: {
    method: 'GET',
    path: '/rest/api/user/memberof',
    scopes: {
      granular: ['read:user:confluence', 'read:group:confluence'],
      classic: ['read:confluence-user'],
    },
    weight: 2,
    style: 'start',
    limit: 200,
  },
  searchUsers: {
    method: 'GET',
    path: '/rest/api/search/user',
    scopes: { granular: [contentDetails] },
    weight: 2,
    style: 'start',
    limit: 200,
  },
  usersBulk: {
    method: 'POST',
    path: '/api/v2/users-bulk',
    scopes: { granular: ['read:user:confluence'] },
    weight: 2,
    style: 'cursor',
    limit: 250,
  },
  spaces: {
    method: 'GET',
    path: '/api/v2/spaces',
    scopes: { granular: ['read:space:confluence'] },
    weight: 1,
    style: 'cursor',
    limit: 250,
  },
  space: {
    method: 'GET',
    path: '/api/v2/spaces/{spaceId}',
    scopes: { granular: ['read:space:confluence'] },
    weight: 1,
  },
  spacePermissions: {
    method: 'GET',
    path: '/api/v2/spaces/{spaceId}/permissions',
    scopes: { granular: ['read:space:confluence'] },
    weight: 2,
    style: 'cursor',
    limit: 250,
  },
  spaceRoleMode: {
    method: 'GET',
    path: '/api/v2/space-role-mode',
    scopes: { granular: ['read:configuration:confluence'] },
    weight: 0,
  },
  spaceRoles: {
    method: 'GET',
    path: '/api/v2/space-roles',
    scopes: { granular: ['read:space.permission:confluence'] },
    weight: 2,
    style: 'cursor',
    limit: 250,
  },
  spaceRoleAssignments: {
    method: 'GET',
    path: '/api/v2/spaces/{spaceId}/role-assignments',
    scopes: { granular: ['read:space.permission:confluence'] },
    weight: 2,
    style: 'cursor',
    limit: 250,
  },
  spacePages: {
    method: 'GET',
    path: '/api/v2/spaces/{spaceId}/pages',
    scopes: { granular: ['read:page:confluence'] },
    weight: 1,
    style: 'cursor',
    limit: 250,
  },
  pages: {
    method: 'GET',
    path: '/api/v2/pages',
    scopes: { granular: ['read:page:confluence'] },
    weight: 1,
    style: 'cursor',
    limit: 250,
  },
  page: {
    method: 'GET',
    path: '/api/v2/pages/{pageId}',
    scopes: { granular: ['read:page:confluence'] },
    weight: 1,
  },
  pageLabels: {
    method: 'GET',
    path: '/api/v2/pages/{pageId}/labels',
    scopes: { granular: ['read:page:confluence'] },
    weight: 1,
    style: 'cursor',
    limit: 250,
  },
  contentSearch: {
    method: 'GET',
    path: '/rest/api/content/search',
    scopes: { granular: [contentDetails], classic: ['search:confluence'] },
    weight: 1,
    style: 'cursor',
    limit: 50,
  },
  contentState: {
    method: 'GET',
    path: '/rest/api/content/{contentId}/state',
    scopes: {
      granular: [contentDetails],
      classic: ['read:confluence-content.summary'],
    },
    weight: 1,
  },
  restriction: {
    method: 'GET',
    path: '/rest/api/content/{contentId}/restriction/byOperation/{operation}',
    scopes: {
      granular: [contentDetails],
      classic: ['read:confluence-content.all'],
    },
    weight: 2,
    objects: 'restriction-subjects',
  },
  audit: {
    method: 'GET',
    path: '/rest/api/audit',
    scopes: { granular: ['read:audit-log:confluence'] },
    weight: 0,
    style: 'start',
    limit: 1000,
  },
  systemInfo: {
    method: 'GET',
    path: '/rest/api/settings/systemInfo',
    scopes: {
      granular: ['read:configuration:confluence'],
      classic: ['manage:confluence-configuration'],
    },
    weight: 0,
  },
} as const satisfies Record<string, Endpoint | ListEndpoint>;

/** What is asked outside Confluence. */
export const platformEndpoints = {
  token: { method: 'POST', path: '/oauth/token', scopes: { granular: [] } },
  accessibleResources: {
    method: 'GET',
    path: '/oauth/token/accessible-resources',
    scopes: { granular: [] },
  },
  tenantInfo: {
    method: 'GET',
    path: '/_edge/tenant_info',
    scopes: { granular: [] },
  },
  organization: {
    method: 'GET',
    path: '/admin/v1/orgs/{orgId}',
    scopes: { granular: ['read:orgs:admin'] },
  },
  organizationUsers: {
    method: 'POST',
    // The hyphen stands for every directory that the key may see.
    path: '/admin/v2/orgs/{orgId}/directories/-/users/search',
    scopes: { granular: ['read:directories:admin'] },
    style: 'cursor',
    limit: 100,
  },
  organizationUser: {
    method: 'GET',
    path: '/admin/v2/orgs/{orgId}/directories/-/users/{userId}',
    scopes: { granular: ['read:directories:admin'] },
  },
  organizationUserRoles: {
    method: 'GET',
    path: '/admin/v2/orgs/{orgId}/directories/-/users/{accountId}/role-assignments',
    scopes: { granular: ['read:directories:admin'] },
    style: 'cursor',
    limit: 100,
  },
  organizationApiTokens: {
    method: 'GET',
    path: '/admin/api-access/v1/orgs/{orgId}/api-tokens',
    scopes: { granular: ['read:tokens:admin'] },
    style: 'cursor',
    limit: 100,
  },
  organizationServiceAccounts: {
    method: 'GET',
    path: '/admin/api-access/v1/orgs/{orgId}/service-accounts',
    scopes: { granular: ['read:service-accounts:admin'] },
    style: 'cursor',
    limit: 100,
  },
} as const satisfies Record<string, Endpoint | ListEndpoint>;
