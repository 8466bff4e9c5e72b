// SPDX-License-Identifier: Apache-2.0

/** The filters of the list of accounts, as the address names them. */
export const filterNames = [
  'q',
  'class',
  'status',
  'mfa',
  'person',
  'population',
  'findings',
];
