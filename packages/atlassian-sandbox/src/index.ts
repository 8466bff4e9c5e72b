// SPDX-License-Identifier: Apache-2.0

/**
 * A local stand-in for Atlassian Cloud, for the demo and the tests.
 *
 * @packageDocumentation
 */
export { startSandbox } from './startSandbox';
export type {
  Sandbox,
  SandboxCredentials,
  SandboxOptions,
} from './startSandbox';
export { CHANGE_NAMES } from './control/changeNames';
export type { ChangeName, NamedChange } from './control/changeNames';
export type { Changes, PrincipalArgs } from './control/Changes';
export type { Lookups } from './control/Lookups';
export type { ApiTokenArgs, ClientArgs } from './control/CredentialControl';
export type { AuthorizeArgs, OAuthControl } from './control/OAuthControl';
export type { Counters } from './Counters';
export type { Faults } from './faults/Faults';
export type { Fault, FaultKind, FaultSpec } from './faults/types';
export type { SiteAccess, SpaceAccess } from './world/access';
export { demoAccountId } from './world/demo/people';
export type { SizeName, WorldSize } from './world/generate';
export { titleOf } from './world/titles';
export type {
  AccessClass,
  Account,
  AccountStatus,
  ApiToken,
  AuditObject,
  AuditRecord,
  Group,
  Page,
  PageStatus,
  Person,
  Restriction,
  RoleAssignment,
  RoleMode,
  Space,
  SpaceGrant,
  SpaceRole,
} from './world/types';
export type { EffectiveAccess, World } from './world/World';
