// SPDX-License-Identifier: Apache-2.0
export {
  Sync,
  type ConnectionStatus,
  type RunsPage,
  type SyncOptions,
} from './Sync';
