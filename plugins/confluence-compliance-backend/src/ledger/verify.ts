// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { EntryRow, entryHash, payloadHash } from './entry';
import { LedgerHead, LedgerVerification } from './types';

const BATCH = 500;
const GENESIS = '0'.repeat(64);

function flaw(row: EntryRow, seq: number, previous: string | undefined) {
  if (row.seq !== seq) {
    return 'the entry is missing';
  }
  if (row.previous_hash !== previous) {
    return 'it does not continue the entry before it';
  }
  if (row.hash !== entryHash(row)) {
    return 'its fields do not match its hash';
  }
  if ((row.payload === null) !== (row.salt === null)) {
    return 'its payload and salt were not erased together';
  }
  if (
    row.payload !== null &&
    row.salt !== null &&
    row.payload_hash !== payloadHash(row.salt, row.payload)
  ) {
    return 'its payload does not match its hash';
  }
  return undefined;
}

/** Recomputes the chain and names the first entry that does not fit. */
export async function verifyLedger(
  knex: Knex,
  head: LedgerHead,
  range: { from?: number; to?: number },
): Promise<LedgerVerification> {
  const from = Math.max(1, range.from ?? 1);
  const to = Math.min(head.seq, range.to ?? head.seq);
  let previous = GENESIS;
  if (from > 1) {
    const before = await knex<EntryRow>('ledger_entries')
      .where({ seq: from - 1 })
      .first('hash');
    if (!before) {
      return { ok: false, seq: from - 1, reason: 'the entry is missing' };
    }
    previous = before.hash;
  }
  let seq = from;
  let erased = 0;
  while (seq <= to) {
    const rows = await knex<EntryRow>('ledger_entries')
      .where('seq', '>=', seq)
      .andWhere('seq', '<=', to)
      .orderBy('seq')
      .limit(BATCH);
    if (rows.length === 0) {
      return { ok: false, seq, reason: 'the entry is missing' };
    }
    for (const row of rows) {
      const reason = flaw(row, seq, previous);
      if (reason) {
        return { ok: false, seq, reason };
      }
      erased += row.payload === null ? 1 : 0;
      previous = row.hash;
      seq += 1;
    }
  }
  if (to === head.seq && from <= to && previous !== head.hash) {
    return { ok: false, seq: to, reason: 'it is not the head of the chain' };
  }
  return { ok: true, head, checked: Math.max(0, to - from + 1), erased };
}
