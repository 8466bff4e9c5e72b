// SPDX-License-Identifier: Apache-2.0
export { Policies } from './Policies';
export type { PolicyState } from './Policies';
