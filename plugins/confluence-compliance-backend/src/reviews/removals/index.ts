// SPDX-License-Identifier: Apache-2.0
export { Removals } from './Removals';
export { describeRemoval, removalsOf } from './rows';
