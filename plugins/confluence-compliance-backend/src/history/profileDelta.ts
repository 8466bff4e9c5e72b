// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { stayClosed } from './closedAccounts';
import { BATCH, chunks } from './engine';
import { writeProfiles } from './profiles';
import { Profile } from './types';

/** The lane of all profiles, which belong to no single source. */
export const PROFILES = { source: '', dataset: 'profiles' };

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
  for (const part of chunks(changed)) {
    await tx('history_delta').insert(
      part.map(profile => ({
        batch,
        source: '',
        dataset: 'profiles',
        key: profile.id,
        action: 'profile',
        container: profile.kind,
      })),
    );
  }
}

function stagedProfiles(tx: Knex.Transaction, runId: string) {
  return tx('history_staged as s')
    .join('history_reads as r', 'r.id', 's.read_id')
    .where('r.run_id', runId)
    .whereIn('r.outcome', ['complete', 'partial'])
    .whereNull('r.published_at')
    .whereNotNull('s.profile');
}

/** Whether publishing this run would write profiles. */
export async function hasProfiles(
  tx: Knex.Transaction,
  runId: string,
): Promise<boolean> {
  return (await stagedProfiles(tx, runId).first('s.key')) !== undefined;
}

/** Stores the new profiles that the run's reads have staged. */
export async function stageProfiles(
  tx: Knex.Transaction,
  batch: string,
  runId: string,
): Promise<void> {
  let after = { ordinal: 0, key: '' };
  for (;;) {
    const rows = await stagedProfiles(tx, runId)
      .whereRaw('(r.ordinal, s.key) > (?, ?)', [after.ordinal, after.key])
      .orderBy(['r.ordinal', 's.key'])
      .limit(BATCH)
      .select('r.ordinal', 's.key', 's.profile');
    if (rows.length === 0) {
      return;
    }
    await recordProfiles(
      tx,
      batch,
      rows.map(row => JSON.parse(row.profile) as Profile),
    );
    const last = rows[rows.length - 1];
    after = { ordinal: Number(last.ordinal), key: last.key };
  }
}
