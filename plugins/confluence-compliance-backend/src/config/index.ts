// SPDX-License-Identifier: Apache-2.0
export { readConfig } from './readConfig';
export type {
  AuthConfig,
  Cadence,
  ComplianceConfig,
  ConnectionConfig,
} from './readConfig';
