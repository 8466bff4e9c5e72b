// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { type FreeText, eraseNamed } from '../retention/freeText';
import type { Mentions } from '../retention/mentions';

const TABLE = 'exceptions';

/** Without the salt nothing leads from the hashes of the ledger to the texts. */
const nothing = {
  salt: null,
  reason: null,
  control: null,
  decision_note: null,
  end_note: null,
};

const TEXTS: FreeText = {
  table: TABLE,
  texts: ['reason', 'control', 'decision_note', 'end_note'],
  erased: nothing,
};

/** Erases the texts of exceptions about an account, and of those whose texts name its person. */
export async function eraseExceptionTexts(
  tx: Knex.Transaction,
  accountId: string,
  mentions: Mentions,
): Promise<void> {
  await tx(TABLE).where({ account_id: accountId }).update(nothing);
  await eraseNamed(tx, TEXTS, mentions);
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
