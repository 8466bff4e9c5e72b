// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { canonicalJson } from './canonical';
import { entryHash, payloadHash } from './entry';
import { Ledger, LedgerHead } from './types';
import { verifyLedger } from './verify';

const SALT_BYTES = 32;

/** Entries per statement, so that others can append in between. */
const BATCH = 1_000;

async function readHead(knex: Knex): Promise<LedgerHead> {
  const row = await knex('ledger_head').where({ id: 1 }).first('seq', 'hash');
  return { seq: row.seq, hash: row.hash };
}

/** The ledger over our own tables, which must have been migrated. */
export function createLedger(): Ledger {
  const ledger: Ledger = {
    async append(tx, entry) {
      const previous = await tx('ledger_head')
        .where({ id: 1 })
        .forUpdate()
        .first('seq', 'hash');
      const salt = randomBytes(SALT_BYTES).toString('hex');
      const payload = canonicalJson(entry.payload);
      const row = {
        seq: previous.seq + 1,
        at: new Date().toISOString(),
        kind: entry.kind,
        actor: entry.actor,
        subject: entry.subject,
        payload,
        salt,
        payload_hash: payloadHash(salt, payload),
        previous_hash: previous.hash,
      };
      const hash = entryHash(row);
      await tx('ledger_entries').insert({ ...row, hash });
      await tx('ledger_head').where({ id: 1 }).update({ seq: row.seq, hash });
      return { seq: row.seq, hash };
    },

    async erase(tx, seq) {
      const count = await tx('ledger_entries')
        .where({ seq })
        .update({ payload: null, salt: null });
      if (count === 0) {
        throw new NotFoundError(`The ledger has no entry ${seq}`);
      }
    },

    async eraseBefore(knex, before, signal) {
      let total = 0;
      try {
        for (;;) {
          signal?.throwIfAborted();
          const some = knex('ledger_entries')
            .where('at', '<', before)
            .whereNotNull('payload')
            .select('seq')
            .limit(BATCH);
          const count = await knex('ledger_entries')
            .whereIn('seq', some)
            .update({ payload: null, salt: null });
          total += count;
          if (count === 0) {
            return total;
          }
        }
      } finally {
        if (total > 0) {
          await knex.transaction(tx =>
            ledger.append(tx, {
              kind: 'evidence.erased',
              actor: 'system',
              subject: 'ledger',
              payload: { before, entries: total },
            }),
          );
        }
      }
    },

    head: readHead,

    async verify(knex, range = {}) {
      return verifyLedger(knex, await readHead(knex), range);
    },
  };
  return ledger;
}
