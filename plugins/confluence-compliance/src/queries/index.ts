// SPDX-License-Identifier: Apache-2.0

/** What pages and cards ask the backend for, by subject. */

export * from './access';
export * from './accounts';
export * from './acknowledgements';
export * from './base';
export * from './checks';
export * from './connections';
export * from './entities';
export * from './criticalSystems';
export * from './exceptions';
export * from './findings';
export * from './groups';
export * from './openDecisions';
export * from './people';
export * from './policies';
export * from './policyMappings';
export * from './reviewPeople';
export * from './reviewRecord';
export * from './reviewRemovals';
export * from './reviews';
export * from './reviewTemplates';
export * from './spaces';
export * from './timeline';
