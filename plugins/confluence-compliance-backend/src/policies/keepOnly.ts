// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';
import type { ApprovedPage } from './ApprovalRows';

/** Deletes what a table has of policies that are not among these any more. */
export async function keepOnly(
  knex: Knex,
  table: 'policy_editors' | 'policy_structures',
  policies: Array<Pick<ApprovedPage, 'connection'> & { id: string }>,
): Promise<void> {
  const kept = new Set(
    policies.map(({ id, connection }) => JSON.stringify([id, connection])),
  );
  const rows: Array<Pick<ApprovedPage, 'policy' | 'connection'>> = await knex(
    table,
  ).select('policy', 'connection');
  for (const { policy, connection } of rows) {
    if (!kept.has(JSON.stringify([policy, connection]))) {
      await knex(table).where({ policy, connection }).delete();
    }
  }
}
