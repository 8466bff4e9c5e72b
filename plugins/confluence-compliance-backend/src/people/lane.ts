// SPDX-License-Identifier: Apache-2.0

/** Where people stand in the history: those of the catalog, with what other sources say of them. */
export const PEOPLE = {
  source: 'people:catalog',
  dataset: 'people',
  key: 'all',
} as const;
