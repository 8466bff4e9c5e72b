// SPDX-License-Identifier: Apache-2.0
export { History } from './History';
export { RevisionGoneError, StaleStagingError } from './errors';
export type { ExceptionStore } from './exceptions/ExceptionStore';
export type * from './exceptions/types';
export { timeOfRevision } from './clock';
export { databaseTime, inTransaction } from './engine';
export {
  CardReads,
  countUpTo,
  Cursors,
  findingVerdicts,
  isPersonal,
  Lists,
  Lookups,
  openVerdicts,
  whoToName,
} from './lists';
export type { ProvingReads } from './provingReads';
export type {
  ExceptionRecord,
  FindingRecord,
  Freshness,
  NamedFinding,
  NamedPage,
  NamedSpace,
  ResultRef,
  ResultScope,
  WorstVerdict,
} from './lists';
export type {
  Powers,
  Principal,
  AccountAccess,
  Effect,
  PrincipalAccess,
  SpaceAccess,
  SpacePeople,
  TimelineRecord,
  TimelineSubject,
  Top,
  UserGroups,
  UserGroupState,
} from './lists';
export { keepReason } from './decisionReasons';
export type { ManualClass, ManualLink } from './decisions';
export { rowsOf } from './manyRows';
export { foldEmail } from './profiles';
export { isComplete, parseReason, reasonText, whyIncomplete } from './reasons';
export type { Retention } from './retention/Retention';
export { isShrink } from './shrink';
export type { Counted, StageOptions } from './staging';
export type { Standing } from './standing';
export type { Activity } from './activity';
export type { CredentialDetails } from './credentialDetails';
export type * from './datasets';
export type * from './feedTypes';
export type * from './types';
export type * from './words';
