// SPDX-License-Identifier: Apache-2.0
export { findingVerdicts } from './findings';
export type { FindingRecord } from './findings';
export { Lists } from './Lists';
