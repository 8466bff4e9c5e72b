// SPDX-License-Identifier: Apache-2.0
export {
  Connections,
  type ConnectionsOptions,
  type CredentialReport,
} from './Connections';
export {
  ConnectionStates,
  LostSliceError,
  type ConnectionState,
} from './ConnectionStates';
export { reasonOf } from './failures';
