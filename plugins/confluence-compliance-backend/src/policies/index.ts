// SPDX-License-Identifier: Apache-2.0
export { ApprovalRows } from './ApprovalRows';
export type { ApprovedPage } from './ApprovalRows';
export { Approvals } from './Approvals';
export { frameworkDocuments } from './frameworkDocuments';
export { currentPages, Policies } from './Policies';
export type { PolicyState } from './Policies';
export { StructureReader } from './StructureReader';
export { StructureRows } from './StructureRows';
export type { FoundStructure } from './StructureRows';
