// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { chunks } from './engine';
import type { ObservedRow } from './types';

/** When an account was last active in one product of a site. */
export interface Activity {
  /** ARI of the product of the site. */
  resource: string;
  /** ISO 8601 */
  lastActiveAt: string;
}

const TABLE = 'account_activity';

/** Stores when accounts were last active, latest value only: not a part of the history. */
export async function writeActivity(
  tx: Knex.Transaction,
  source: string,
  rows: readonly ObservedRow[],
): Promise<void> {
  const seen = new Map<string, object>();
  for (const { key, activity = [] } of rows) {
    for (const { resource, lastActiveAt } of activity) {
      const row = {
        source,
        account_id: key,
        resource,
        last_active_at: new Date(lastActiveAt).toISOString(),
      };
      seen.set(JSON.stringify([key, resource]), row);
    }
  }
  for (const part of chunks([...seen.values()])) {
    await tx(TABLE)
      .insert(part)
      .onConflict(['account_id', 'source', 'resource'])
      .merge(['last_active_at']);
  }
}

/** When accounts were last active, by account id and resource. */
export async function readActivity(
  knex: Knex,
  source: string,
  accountIds: readonly string[],
): Promise<Map<string, Map<string, string>>> {
  const found = new Map<string, Map<string, string>>();
  for (const part of chunks([...new Set(accountIds)])) {
    const rows = await knex(TABLE)
      .whereIn('account_id', part)
      .where({ source });
    for (const row of rows) {
      const of = found.get(row.account_id) ?? new Map<string, string>();
      found.set(row.account_id, of.set(row.resource, row.last_active_at));
    }
  }
  return found;
}
