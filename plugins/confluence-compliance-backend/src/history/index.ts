// SPDX-License-Identifier: Apache-2.0
export { History } from './History';
export type { HistoryOptions } from './History';
export { RevisionGoneError, StaleStagingError } from './errors';
export {
  countVerdicts,
  Cursors,
  FindingAccounts,
  findingVerdicts,
  Lists,
  readFindings,
  revisionTimes,
} from './lists';
export type { FindingRecord, ListsOptions } from './lists';
export { foldEmail } from './profiles';
export { GROUP_RELATION_LIMIT } from './subjects';
export type { PageSubjects } from './subjects';
export type { StageOptions } from './staging';
export type * from './datasets';
export type * from './feedTypes';
export type * from './types';
export type * from './words';
