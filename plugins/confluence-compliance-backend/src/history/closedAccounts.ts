// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { query } from './engine';
import { rowsOf } from './manyRows';

/** SQL that says whether an account is closed in every source that still has it. */
export function closedEverywhere(id: string): string {
  return `exists (
    select 1 from history_accounts a
    where a.key = ${id} and a.closed is null and a.status = 'closed')
  and not exists (
    select 1 from history_accounts a
    where a.key = ${id} and a.closed is null
      and coalesce(a.status, '') <> 'closed')`;
}

/** Those of some accounts that are closed everywhere, and stay so with the batch. */
export async function stayClosed(
  tx: Knex.Transaction,
  batch: string,
  ids: string[],
): Promise<Set<string>> {
  const { sql, bindings } = rowsOf(
    tx,
    'seen',
    { id: 'text' },
    ids.map(id => ({ id })),
  );
  const closed = await query<{ id: string }>(
    tx,
    `select id from ${sql} where ${closedEverywhere('seen.id')}
       and id not in (select key from history_delta
         where batch = ? and dataset = 'accounts')`,
    [...bindings, batch],
  );
  return new Set(closed.map(({ id }) => id));
}
