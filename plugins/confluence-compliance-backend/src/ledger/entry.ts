// SPDX-License-Identifier: Apache-2.0
import { canonicalJson, sha256 } from './canonical';

/** A row of `ledger_entries`. */
export interface EntryRow {
  seq: number;
  at: string;
  kind: string;
  actor: string;
  subject: string;
  payload: string | null;
  salt: string | null;
  payload_hash: string;
  previous_hash: string;
  hash: string;
}

/** The hash that the next entry repeats. */
export function entryHash(row: Omit<EntryRow, 'hash'>): string {
  return sha256(
    canonicalJson({
      seq: row.seq,
      at: row.at,
      kind: row.kind,
      actor: row.actor,
      subject: row.subject,
      payloadHash: row.payload_hash,
      previousHash: row.previous_hash,
    }),
  );
}

/** SHA-256 over salt and canonical payload. */
export function payloadHash(salt: string, payload: string): string {
  return sha256(Buffer.from(salt, 'hex'), payload);
}
