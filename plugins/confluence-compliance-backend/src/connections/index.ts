// SPDX-License-Identifier: Apache-2.0
export { Connections } from './Connections';
export { ConnectionSetup } from './ConnectionSetup';
export {
  LostSliceError,
  type AuditState,
  type ConnectionState,
} from './ConnectionStates';
export type { ReadScope } from './ReadScopes';
export { readOwner } from './input';
export { reasonOf } from './failures';
export { organizationSource } from './organizations';
export type { OrganizationSource } from './organizations';
export { credentialsProblem, organizationProblem } from './problems';
export { oauthScopes } from './scopes';
export type { Connected, ConnectionDefinition, Ending } from './types';
export {
  describeCapabilities,
  describeConnection,
  lostKeyReason,
  needsReconnect,
} from './describe';
export { SCOPES } from './scopes';
