// SPDX-License-Identifier: Apache-2.0

/** A moment of the one clock: a whole number that only grows; 0 is before anything was known. */
export type Revision = number;

/**
 * `full` sees all there is, `incremental` only what is newer. `difference` is as good as `full`: it tells
 * how all there is differs from what stood when it began.
 */
export type ReadMode = 'full' | 'incremental' | 'difference';

/** Modes in which a complete read covers all of its container. */
export const wholeModes: readonly ReadMode[] = ['full', 'difference'];

export type ReadOutcome = 'complete' | 'partial' | 'not-visible' | 'failed';
export type ProfileKind = 'account' | 'person';

export type { SubjectKind } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
export type { LedgerEntry } from '../ledger';
