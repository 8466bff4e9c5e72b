// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';
import { databaseTime } from '../history';

/** Somebody's word on a shrink that was refused, or on a departure. */
export interface AcceptedShrink {
  /** User entity ref */
  actor: string;
  reason: string;
}

/** Keeps why something was decided, which the ledger has only as a hash with this salt. */
export async function keepDecision(
  tx: Knex.Transaction,
  kind: 'departure' | 'shrink',
  subject: string,
  { actor, reason, salt }: AcceptedShrink & { salt: string },
): Promise<void> {
  await tx('people_decisions').insert({
    kind,
    subject,
    reason,
    reason_salt: salt,
    decided_by: actor,
    decided_at: await databaseTime(tx),
  });
}
