// SPDX-License-Identifier: Apache-2.0

/** A moment of the one clock: a whole number that only grows; 0 is before anything was known. */
export type Revision = number;

export type ReadMode = 'full' | 'incremental';
export type ReadOutcome = 'complete' | 'partial' | 'not-visible' | 'failed';
export type ProfileKind = 'account' | 'person';
export type SubjectKind = 'site' | 'space' | 'account' | 'group' | 'page';

/** One entry of the ledger. No personal data: ids only. */
export interface LedgerEntry {
  /** What happened, such as `sync.published` or `check.published`. */
  kind: string;
  /** Who: a user or service ref, or `system`. */
  actor: string;
  /** About what, as a ref or id. */
  subject: string;
  payload: object;
}
