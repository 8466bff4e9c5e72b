// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { canonicalJson, sha256 } from '../ledger';
import type { PersonPayload } from './datasets';
import { BATCH } from './engine';
import type { ObservedRow } from './types';

const PEOPLE = 'people';
const TABLE = `history_${PEOPLE}`;

/** The ids of accounts that were erased; that they were is remembered for good. */
async function erasedAccounts(tx: Knex.Transaction): Promise<Set<string>> {
  return new Set(
    await tx('profiles')
      .where({ kind: 'account' })
      .whereNotNull('erased_at')
      .pluck('id'),
  );
}

/** What is said of a person, without these accounts; undefined where none is named. */
function without<P extends Pick<PersonPayload, 'accountIds'>>(
  payload: P,
  accounts: ReadonlySet<string>,
): P | undefined {
  const accountIds = payload.accountIds.filter(id => !accounts.has(id));
  return accountIds.length < payload.accountIds.length
    ? { ...payload, accountIds }
    : undefined;
}

/** The same of what is stored, with its new hash. */
function stripped(stored: string, accounts: ReadonlySet<string>) {
  const rest = without<PersonPayload>(JSON.parse(stored), accounts);
  if (!rest) {
    return undefined;
  }
  const payload = canonicalJson(rest);
  return { payload, hash: sha256(payload) };
}

/** The row as it may be stored: no person names an account that was erased. */
export async function withoutErased(
  tx: Knex.Transaction,
  dataset: string,
  row: ObservedRow,
): Promise<ObservedRow> {
  if (dataset !== PEOPLE) {
    return row;
  }
  const { payload } = row as ObservedRow<PersonPayload>;
  return {
    ...row,
    payload: without(payload, await erasedAccounts(tx)) ?? payload,
  };
}

/**
 * Takes what a run has seen of people apart from the accounts that were erased before or meanwhile.
 * The caller holds the locks, so that none is erased before it is published.
 */
export async function stripStaged(
  tx: Knex.Transaction,
  runId: string,
): Promise<void> {
  const accounts = await erasedAccounts(tx);
  if (accounts.size === 0) {
    return;
  }
  const reads: string[] = await tx('history_reads')
    .where({ run_id: runId, dataset: PEOPLE })
    .whereNull('published_at')
    .pluck('id');
  for (const readId of reads) {
    let after = '';
    for (;;) {
      const rows: Array<{ key: string; payload: string }> = await tx(
        'history_staged',
      )
        .where({ read_id: readId })
        .where('key', '>', after)
        .whereNotNull('payload')
        .orderBy('key')
        .limit(BATCH)
        .select('key', 'payload');
      if (rows.length === 0) {
        break;
      }
      for (const row of rows) {
        const rest = stripped(row.payload, accounts);
        if (rest) {
          await tx('history_staged')
            .where({ read_id: readId, key: row.key })
            .update(rest);
        }
      }
      after = rows[rows.length - 1].key;
    }
  }
}

/** Nobody is said to have this account any more, nor ever to have had it. */
export async function stripPeople(
  tx: Knex.Transaction,
  accountId: string,
): Promise<void> {
  const rows: Array<
    Record<'source' | 'key' | 'hash' | 'payload', string> & { row_id: number }
  > = await tx(TABLE)
    .whereRaw("payload like ? escape '!'", [
      `%${JSON.stringify(accountId).replace(/[!%_]/g, '!$&')}%`,
    ])
    .select('row_id', 'source', 'key', 'hash', 'payload');
  for (const row of rows) {
    const rest = stripped(row.payload, new Set([accountId]));
    if (rest) {
      await tx(TABLE).where({ row_id: row.row_id }).update(rest);
      // A read that goes on has seen it unchanged, and still does.
      await tx('history_staged')
        .where({ key: row.key, hash: row.hash })
        .whereNull('payload')
        .whereIn(
          'read_id',
          tx('history_reads')
            .where({ source: row.source, dataset: PEOPLE })
            .whereNull('published_at')
            .select('id'),
        )
        .update({ hash: rest.hash });
    }
  }
}
