// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { DirectoryPayload } from './datasets';

/** The few open rows of a directory with a role of more than plain use: account id to `<ARI> <role>`. */
export async function openRoles(
  knex: Knex,
  source: string,
): Promise<Map<string, string[]>> {
  const rows: Array<{ key: string; payload: string }> = await knex(
    'history_directory',
  )
    .where({ source })
    .whereNull('closed')
    // As the index says it.
    .whereRaw(`roles <> '[]'`)
    .select('key', 'payload');
  return new Map(
    rows.map(({ key, payload }) => {
      const { roles }: DirectoryPayload = JSON.parse(payload);
      return [key, roles];
    }),
  );
}
