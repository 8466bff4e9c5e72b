// SPDX-License-Identifier: Apache-2.0
export { FindingAccounts } from './findingFacts';
export {
  countVerdicts,
  findingVerdicts,
  readFindings,
  revisionTimes,
} from './findings';
export type { FindingRecord } from './findings';
export { Lists } from './Lists';
