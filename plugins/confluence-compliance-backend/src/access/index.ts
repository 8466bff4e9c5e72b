// SPDX-License-Identifier: Apache-2.0
export { AccessReader } from './AccessReader';
