// SPDX-License-Identifier: Apache-2.0

/** A moment of the one clock: a whole number that only grows; 0 is before anything was known. */
export type Revision = number;

export type ReadMode = 'full' | 'incremental';
export type ReadOutcome = 'complete' | 'partial' | 'not-visible' | 'failed';
export type ProfileKind = 'account' | 'person';

export type { SubjectKind } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
export type { LedgerEntry } from '../ledger';
