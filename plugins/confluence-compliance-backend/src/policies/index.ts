// SPDX-License-Identifier: Apache-2.0
export { AcknowledgementRows } from './AcknowledgementRows';
export { Acknowledgements } from './Acknowledgements';
export { ApprovalRows } from './ApprovalRows';
export type { ApprovedPage } from './ApprovalRows';
export { Approvals } from './Approvals';
export { frameworkDocuments } from './frameworkDocuments';
export { currentPages } from './currentPages';
export { GroupReader } from './GroupReader';
export { GroupRows } from './GroupRows';
export { Mappings } from './Mappings';
export type { Mapping } from './Mappings';
export { Policies } from './Policies';
export { remind } from './remind';
export type { PolicyState } from './Policies';
export { StructureReader } from './StructureReader';
export { StructureRows } from './StructureRows';
export type { FoundStructure } from './StructureRows';
