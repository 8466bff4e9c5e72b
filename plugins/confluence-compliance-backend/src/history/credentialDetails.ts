// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { chunks } from './engine';
import { isAnyOf } from './manyRows';
import { cleanText } from './payload';
import { seenByReads } from './seenByReads';
import type { ObservedRow } from './types';

/** What is personal about a credential or changes whenever it is used. */
export interface CredentialDetails {
  accountId: string;
  /** What its owner called it. */
  label?: string;
  /** ISO 8601 */
  lastUsedAt?: string;
}

const TABLE = 'credential_details';

/** No label that people read is longer. */
const MAX_LABEL = 255;

/**
 * Stores labels of credentials and when they were last used, latest value only: not a part of the
 * history. Of an account that was erased no label is stored.
 */
export async function writeCredentialDetails(
  tx: Knex.Transaction,
  source: string,
  rows: readonly ObservedRow[],
): Promise<void> {
  const seen = new Map(
    rows.flatMap(({ key, credential }) =>
      credential ? [[key, credential] as const] : [],
    ),
  );
  for (const part of chunks([...seen])) {
    const owners = part.map(([, { accountId }]) => accountId);
    const erased = new Set<string>(
      await tx('profiles')
        .where({ kind: 'account' })
        .whereNotNull('erased_at')
        .where(isAnyOf(tx, 'id', [...new Set(owners)]))
        .pluck('id'),
    );
    await tx(TABLE)
      .insert(
        part.map(([key, { accountId, label, lastUsedAt }]) => ({
          source,
          key,
          account_id: accountId,
          label: label && !erased.has(accountId) ? labelOf(label) : null,
          last_used_at: lastUsedAt ?? null,
        })),
      )
      .onConflict(['key', 'source'])
      .merge(['account_id', 'label', 'last_used_at']);
  }
}

function labelOf(label: string): string | null {
  return cleanText(label.trim().slice(0, MAX_LABEL)) || null;
}

/** What is known now of credentials, by key. */
export async function readCredentialDetails(
  knex: Knex,
  source: string,
  keys: readonly string[],
): Promise<Map<string, CredentialDetails>> {
  const found = new Map<string, CredentialDetails>();
  for (const part of chunks([...keys])) {
    const rows = await knex(TABLE)
      .where({ source })
      .where(isAnyOf(knex, 'key', part));
    for (const row of rows) {
      found.set(row.key, {
        accountId: row.account_id,
        ...(row.label && { label: row.label }),
        ...(row.last_used_at && { lastUsedAt: row.last_used_at }),
      });
    }
  }
  return found;
}

/** Labels are what people typed: those of somebody who is erased go with the name. */
export async function eraseLabels(
  tx: Knex.Transaction,
  accountId: string,
): Promise<void> {
  await tx(TABLE).where({ account_id: accountId }).update({ label: null });
}

/** Deletes what was said of credentials that no source has any more, and no read that goes on has seen. */
export async function forgetCredentialDetails(knex: Knex): Promise<void> {
  await knex(TABLE)
    .whereNotExists(
      knex('history_credentials as c')
        .whereRaw(`c.source = ${TABLE}.source and c.key = ${TABLE}.key`)
        .whereNull('c.closed'),
    )
    .whereNotExists(seenByReads(knex, ['credentials'], `${TABLE}.key`))
    .delete();
}
