// SPDX-License-Identifier: Apache-2.0
export * from './policy';
export * from './roles';
export * from './rules';
