// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { newSalt, saltedHash } from '../ledger';
import { databaseTime } from './engine';
import { eraseNamed } from './retention/freeText';
import type { Mentions } from './retention/mentions';

/** Where people said why they decided something. */
const TABLES = ['decision_reasons', 'people_decisions'];

/** A decision as the ledger names it, and why it was made. */
export interface ReasonedDecision {
  kind: 'shrink.accepted' | 'account.erased' | 'review.started';
  subject: string;
  /** A user or service ref. */
  actor: string;
  /** Free text. */
  reason: string;
}

/** Keeps why something was decided; returns the hash that the ledger may have of it. */
export async function keepReason(
  tx: Knex.Transaction,
  { kind, subject, actor, reason }: ReasonedDecision,
): Promise<string> {
  const salt = newSalt();
  await tx('decision_reasons').insert({
    kind,
    subject,
    reason,
    reason_salt: salt,
    decided_by: actor,
    decided_at: await databaseTime(tx),
  });
  return saltedHash(salt, reason);
}

/** Deletes every reason that names a person. That something was decided stays in the ledger. */
export async function eraseReasons(
  tx: Knex.Transaction,
  mentions: Mentions,
): Promise<void> {
  for (const table of TABLES) {
    await eraseNamed(tx, { table, along: 'id', texts: ['reason'] }, mentions);
  }
}

/** Deletes the reasons of what was decided before an ISO time. */
export async function eraseReasonsBefore(
  knex: Knex,
  before: string,
): Promise<void> {
  for (const table of TABLES) {
    await knex(table).where('decided_at', '<', before).delete();
  }
}
