// SPDX-License-Identifier: Apache-2.0
export { ApprovalRows } from './ApprovalRows';
export type { ApprovedPage } from './ApprovalRows';
export { Approvals } from './Approvals';
export { currentPages, Policies } from './Policies';
export type { PolicyState } from './Policies';
