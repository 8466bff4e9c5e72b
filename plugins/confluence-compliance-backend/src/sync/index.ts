// SPDX-License-Identifier: Apache-2.0
export { Sync } from './Sync';
