// SPDX-License-Identifier: Apache-2.0
export { Connections } from './Connections';
export { LostSliceError, type ConnectionState } from './ConnectionStates';
export { reasonOf } from './failures';
