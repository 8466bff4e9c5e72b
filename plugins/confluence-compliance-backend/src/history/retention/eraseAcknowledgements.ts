// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';

const TABLE = 'policy_acknowledgements';

/** Forgets acknowledgements that were made before an ISO time: they have expired for long. */
export async function eraseAcknowledgementsBefore(
  knex: Knex,
  before: string,
): Promise<void> {
  await knex(TABLE).where('acknowledged_at', '<', before).delete();
}

/** Forgets who acknowledged the policies of a connection. */
export async function eraseAcknowledgementsOf(
  knex: Knex,
  connection: string,
): Promise<void> {
  await knex(TABLE).where({ connection }).delete();
}
