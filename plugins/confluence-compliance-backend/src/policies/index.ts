// SPDX-License-Identifier: Apache-2.0
export { AcknowledgementRows } from './AcknowledgementRows';
export { Acknowledgements } from './Acknowledgements';
export { ApprovalRows } from './ApprovalRows';
export type { ApprovedPage } from './ApprovalRows';
export { Approvals } from './Approvals';
export { MOST_BLOCKS } from './blocks';
export { frameworkDocuments } from './frameworkDocuments';
export { currentPages } from './currentPages';
export { GroupReader } from './GroupReader';
export { GroupRows } from './GroupRows';
export { Policies } from './Policies';
export { remind } from './remind';
export type { PolicyState } from './Policies';
export { structureOf } from './structure';
export { StructureReader } from './StructureReader';
export { StructureRows } from './StructureRows';
export type { FoundStructure } from './StructureRows';
