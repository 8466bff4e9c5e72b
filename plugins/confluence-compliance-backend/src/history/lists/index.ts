// SPDX-License-Identifier: Apache-2.0
export { CardReads } from './CardReads';
export type { ExceptionRecord } from './exceptions';
export { Cursors } from './cursor';
export { countUpTo } from './page';
export { findingVerdicts, openVerdicts } from './findings';
export type { FindingRecord } from './findings';
export type { Effect } from './effects';
export type {
  AccountAccess,
  Powers,
  Principal,
  PrincipalAccess,
  SpaceAccess,
} from './access';
export type { Top } from './grants';
export { Lists } from './Lists';
export type { SpacePeople } from './spacePeople';
export type { Freshness } from './freshness';
export type { ResultScope, WorstVerdict } from './verdicts';
export { Lookups } from './Lookups';
export type { NamedFinding, ResultRef } from './namedFindings';
export type { NamedPage, NamedSpace } from './named';
export type { TimelineRecord } from './timeline';
export type { TimelineSubject } from './tracks';
export { isPersonal, whoToName } from './toIdentify';
export type { UserGroups, UserGroupState } from './userGroup';
