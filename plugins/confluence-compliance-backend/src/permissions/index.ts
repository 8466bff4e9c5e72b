// SPDX-License-Identifier: Apache-2.0
export { accountRef } from './accountRef';
export { registerPermissions } from './registerPermissions';
