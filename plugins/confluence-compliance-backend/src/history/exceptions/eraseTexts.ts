// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { Mentions } from '../retention/mentions';
import type { ExceptionRow } from './types';

const TABLE = 'exceptions';

/** Exceptions that are looked at together. */
const BATCH = 500;

/** Without the salt nothing leads from the hashes of the ledger to the texts. */
const nothing = {
  salt: null,
  reason: null,
  control: null,
  decision_note: null,
  end_note: null,
};

/** Erases the texts of exceptions about an account, and of those whose texts name its person. */
export async function eraseExceptionTexts(
  tx: Knex.Transaction,
  accountId: string,
  mentions: Mentions,
): Promise<void> {
  await tx(TABLE).where({ account_id: accountId }).update(nothing);
  let after = 0;
  for (;;) {
    const rows = await tx<ExceptionRow>(TABLE)
      .where('ordinal', '>', after)
      .whereNotNull('salt')
      .orderBy('ordinal')
      .limit(BATCH)
      .select('ordinal', 'reason', 'control', 'decision_note', 'end_note');
    if (rows.length === 0) {
      return;
    }
    const named = rows.filter(({ ordinal: _, ...texts }) => mentions(texts));
    await tx(TABLE)
      .whereIn(
        'ordinal',
        named.map(({ ordinal }) => ordinal),
      )
      .update(nothing);
    after = Number(rows[rows.length - 1].ordinal);
  }
}

/** Erases the texts of exceptions that were over before an ISO time. */
export async function eraseExceptionTextsBefore(
  knex: Knex,
  before: string,
): Promise<void> {
  await knex(TABLE)
    .where('until', '<', before)
    .whereNotNull('salt')
    .update(nothing);
}
