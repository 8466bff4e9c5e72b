// SPDX-License-Identifier: Apache-2.0
export {
  type AttestationRow,
  AttestationRows,
} from './attestations/AttestationRows';
export { acknowledgedMonths } from './builtin/acknowledged';
export { CheckRegistry } from './CheckRegistry';
export { Checks } from './Checks';
export type { CheckMetrics } from './Checks';
export type { Exceptions } from './exceptions/Exceptions';
export { controlStands } from './controlStands';
export { connectionStateOf } from './connectionState';
export { toReach, toSeen } from './reach';
export { toReason } from './reasons';
export { isStale } from './staleness';
