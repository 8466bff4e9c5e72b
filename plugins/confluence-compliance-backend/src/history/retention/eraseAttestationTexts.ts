// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { ERASED } from './erased';
import { type FreeText, eraseNamed } from './freeText';
import type { Mentions } from './mentions';

/** Without the salt nothing leads from the hashes of the ledger to the texts. */
const nothing = { note: ERASED, evidence: null, text_salt: null };

const TEXTS: FreeText = {
  table: 'check_attestations',
  along: 'id',
  texts: ['note', 'evidence'],
  erased: nothing,
};

/** Erases note and evidence of attestations that name somebody in either. */
export async function eraseAttestationTexts(
  tx: Knex.Transaction,
  mentions: Mentions,
): Promise<void> {
  await eraseNamed(tx, TEXTS, mentions);
}

/** Erases note and evidence of attestations that were replaced or over before an ISO time. */
export async function eraseAttestationTextsBefore(
  knex: Knex,
  before: string,
): Promise<void> {
  await knex(TEXTS.table)
    .where(over =>
      over.where('replaced_at', '<', before).orWhere('until', '<', before),
    )
    .where(any => any.whereNot('note', ERASED).orWhereNotNull('evidence'))
    .update(nothing);
}
