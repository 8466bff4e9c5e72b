// SPDX-License-Identifier: Apache-2.0
export { CheckRegistry } from './CheckRegistry';
export type { CheckOutcome } from './CheckRunner';
export { Checks } from './Checks';
export type { CheckMetrics, ChecksOptions, FindingsQuery } from './Checks';
export { toReason } from './reasons';
