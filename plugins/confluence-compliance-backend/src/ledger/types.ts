// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';

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

/** The newest entry; what somebody else keeps to prove the chain later. */
export interface LedgerHead {
  /** 0 while the ledger is empty. */
  seq: number;
  /** 64 hex digits; zeros while the ledger is empty. */
  hash: string;
}

/** The outcome of checking the chain. */
export type LedgerVerification =
  | {
      ok: true;
      head: LedgerHead;
      /** Entries looked at, and how many of them have an erased payload. */
      checked: number;
      erased: number;
    }
  | {
      ok: false;
      /** The first entry that is broken or missing. */
      seq: number;
      reason: string;
    };

/** The append-only record of what was seen and decided. */
export interface Ledger {
  /** Appends in the caller's transaction; call it last, it locks the head. */
  append(tx: Knex.Transaction, entry: LedgerEntry): Promise<LedgerHead>;
  /** Erases payload and salt of an entry; the chain still verifies. */
  erase(tx: Knex.Transaction, seq: number): Promise<void>;
  /**
   * Erases what the entries before an ISO time say, and says so with an entry of its own; returns how
   * many. Safe to call again after it was stopped.
   */
  eraseBefore(
    knex: Knex,
    before: string,
    signal?: AbortSignal,
  ): Promise<number>;
  head(knex: Knex): Promise<LedgerHead>;
  /**
   * Recomputes the chain from `from` (default 1) to `to` (default the head).
   * A start after the first entry is checked against the entry before it.
   */
  verify(
    knex: Knex,
    range?: { from?: number; to?: number },
  ): Promise<LedgerVerification>;
}
