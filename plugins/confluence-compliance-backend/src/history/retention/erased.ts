// SPDX-License-Identifier: Apache-2.0

/** Stands where a text was erased. */
export const ERASED = '[erased]';
