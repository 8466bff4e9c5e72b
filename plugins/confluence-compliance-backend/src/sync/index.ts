// SPDX-License-Identifier: Apache-2.0
export { requiredOf } from './status';
export { Sync } from './Sync';
