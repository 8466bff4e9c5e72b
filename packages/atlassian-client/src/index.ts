// SPDX-License-Identifier: Apache-2.0

/**
 * A thin, typed and careful client for the Confluence Cloud API.
 *
 * @packageDocumentation
 */
export {
  createConfluenceClient,
  createConfluenceWriter,
} from './createConfluenceClient';
export { createOAuthApp } from './createOAuthApp';
export { createOrganizationClient } from './createOrganizationClient';
export type {
  ConfluenceAuditChange,
  ConfluenceAuditObject,
  ConfluenceAuditRecord,
} from './audit';
export type { ConfluenceClient } from './ConfluenceClient';
export type { ConfluenceWriter } from './ConfluenceWriter';
export type {
  AccessTokenSource,
  ApiTokenAuth,
  ConfluenceAuth,
  OAuthAuth,
  ScopedApiTokenAuth,
  ServiceAccountAuth,
} from './credentials';
export * from './errors';
export { assertPublicHost, type HostLookup } from './hostLookup';
export type { HttpOptions } from './httpOptions';
export { assertFreshCursor, cursorBehind, listPages } from './lists';
export type { ClientStats, RequestEvent } from './Meter';
export type {
  AuthorizeRequest,
  CodeExchange,
  OAuthApp,
  OAuthAppOptions,
  OAuthSite,
  OAuthTokens,
  TokenRefresh,
} from './OAuthApp';
export * from './options';
export type {
  Organization,
  OrganizationClient,
  OrganizationClientOptions,
} from './OrganizationClient';
export type {
  OrganizationApiToken,
  OrganizationServiceAccount,
} from './organizationCredentials';
export type {
  OrganizationProductAccess,
  OrganizationRoleListOptions,
  OrganizationUser,
  OrganizationUserListOptions,
  OrganizationUserRoles,
} from './organizationUsers';
export type { SpaceRole, SpaceRoleAssignment } from './spaceRoles';
export * from './types';
