// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { stayClosed } from './closedAccounts';
import { chunks } from './engine';
import { MANY, rowsOf } from './manyRows';
import { writeProfiles } from './profiles';
import { Profile } from './types';

/** The lane of all profiles, which belong to no single source. */
export const PROFILES = { source: '', dataset: 'profiles' };

/** What is noted of a profile that changed. */
const CHANGED = { kind: 'text', id: 'text' } as const;

/**
 * Stores profiles and notes in `history_delta` whose changed, after the rows of the batch were noted
 * there. Nothing is stored of an account that stays closed, whoever still speaks of it; of those that
 * the batch itself changes, it goes once that is written.
 */
export async function recordProfiles(
  tx: Knex.Transaction,
  batch: string,
  seen: Profile[],
): Promise<void> {
  const accounts = seen.filter(({ kind }) => kind === 'account');
  const closed = await stayClosed(
    tx,
    batch,
    accounts.map(({ id }) => id),
  );
  const kept = seen.filter(
    ({ kind, id }) => kind !== 'account' || !closed.has(id),
  );
  const changed = await writeProfiles(tx, kept);
  for (const part of chunks(changed, MANY)) {
    const { sql, bindings } = rowsOf(
      tx,
      'changed',
      CHANGED,
      part.map(({ kind, id }) => ({ kind, id })),
    );
    await tx.raw(
      `insert into history_delta (batch, source, dataset, key, action, container)
       select ?, ?, ?, id, 'profile', kind from ${sql}`,
      [batch, PROFILES.source, PROFILES.dataset, ...bindings],
    );
  }
}

/** Ids of the reads of a run that staged profiles, in the order they were started. */
function readsWithProfiles(tx: Knex.Transaction, runId: string) {
  return tx('history_reads as r')
    .where('r.run_id', runId)
    .whereIn('r.outcome', ['complete', 'partial'])
    .whereNull('r.published_at')
    .whereExists(
      tx('history_staged as s')
        .whereRaw('s.read_id = r.id')
        .whereNotNull('s.profile')
        .select(tx.raw('1')),
    )
    .orderBy('r.ordinal')
    .pluck('r.id');
}

/** Whether publishing this run would write profiles. */
export async function hasProfiles(
  tx: Knex.Transaction,
  runId: string,
): Promise<boolean> {
  return (await readsWithProfiles(tx, runId)).length > 0;
}

/** Stores the new profiles that the run's reads have staged. */
export async function stageProfiles(
  tx: Knex.Transaction,
  batch: string,
  runId: string,
): Promise<void> {
  // Read by read, along an index: all of them in order would be sorted anew for each part.
  for (const readId of await readsWithProfiles(tx, runId)) {
    await stageProfilesOf(tx, batch, readId);
  }
}

async function stageProfilesOf(
  tx: Knex.Transaction,
  batch: string,
  readId: string,
): Promise<void> {
  for (let after = ''; ; ) {
    const rows: Array<{ key: string; profile: string }> = await tx(
      'history_staged',
    )
      .where({ read_id: readId })
      .where('key', '>', after)
      .whereNotNull('profile')
      .orderBy('key')
      .limit(MANY)
      .select('key', 'profile');
    await recordProfiles(
      tx,
      batch,
      rows.map(({ profile }) => JSON.parse(profile) as Profile),
    );
    if (rows.length < MANY) {
      return;
    }
    after = rows[rows.length - 1].key;
  }
}
