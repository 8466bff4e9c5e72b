// SPDX-License-Identifier: Apache-2.0
export { Cursors } from './cursor';
export { FindingAccounts } from './findingFacts';
export {
  countVerdicts,
  findingVerdicts,
  readFindings,
  revisionTimes,
} from './findings';
export type { FindingRecord } from './findings';
export { Lists } from './Lists';
export type { ListsOptions } from './Lists';
export type { CatalogOptions } from './names';
export { containing, countUpTo, readPage, standing } from './page';
export type { ListOptions, ListPlan, Part } from './page';
