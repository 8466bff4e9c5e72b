// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { applyDelta } from '../apply';
import { forgetClosed } from '../closedProfiles';
import { forgetCredentialDetails } from '../credentialDetails';
import { lockWriters } from '../compare';
import { inTransaction, isPostgres } from '../engine';
import { entityName } from '../entityName';
import { PROFILES } from '../profileDelta';
import { Writing } from '../publish';
import { seenByReads } from '../seenByReads';
import { SubjectRef } from '../types';
import { ProfileKind } from '../words';
import { revisionBefore } from './prune';

/** Profiles per transaction. */
const BATCH = 400;

export interface ForgetProfilesOptions {
  /** ISO time in UTC: whoever no source has had since is forgotten. */
  goneBefore: string;
  signal?: AbortSignal;
}

/**
 * Deletes the profiles of closed accounts, and of accounts and people that no source has had since a
 * time. Returns how many; safe to call again after it was stopped.
 */
export async function forgetProfiles(
  writing: Writing,
  { goneBefore, signal }: ForgetProfilesOptions,
): Promise<number> {
  const { knex, ledger } = writing;
  const revision = await revisionBefore(knex, goneBefore);
  const accounts = (tx: Knex) => goneAccounts(tx, goneBefore, revision);
  const people = (tx: Knex) => gonePeople(tx, goneBefore);
  let forgotten = 0;
  const inBatches = (work: () => Promise<number>) =>
    untilNone(signal, work, count => (forgotten += count));
  try {
    await inBatches(() => forgetSomeClosed(writing));
    await inBatches(() => deleteSome(knex, 'account', accounts));
    await inBatches(() => deleteSome(knex, 'person', people));
  } finally {
    if (forgotten > 0) {
      await knex.transaction(tx =>
        ledger.append(tx, {
          kind: 'profiles.forgotten',
          actor: 'system',
          subject: 'profiles',
          payload: { profiles: forgotten },
        }),
      );
    }
  }
  await untilNone(signal, () => renameNameless(knex));
  await forgetActivity(knex);
  await forgetErasedLinks(knex);
  await forgetCredentialDetails(knex);
  return forgotten;
}

/** Works until there is nothing left. */
async function untilNone(
  signal: AbortSignal | undefined,
  work: () => Promise<number>,
  onDone: (count: number) => void = () => {},
): Promise<void> {
  let count: number;
  do {
    signal?.throwIfAborted();
    count = await work();
    onDone(count);
  } while (count > 0);
}

/** Those that closed before anything forgot them; others are forgotten as they close. */
async function forgetSomeClosed(writing: Writing): Promise<number> {
  const { knex, definitions, pageSubjects } = writing;
  return inTransaction(knex, async tx => {
    await lockWriters(tx, [PROFILES]);
    const batch = randomUUID();
    await forgetClosed(tx, batch, { limit: BATCH });
    const tick = { kind: 'change' as const };
    const delta = { batch, definitions, pageSubjects, tick };
    return (await applyDelta(tx, delta)).profiles;
  });
}

async function deleteSome(
  knex: Knex,
  kind: ProfileKind,
  select: (tx: Knex) => Knex.QueryBuilder,
): Promise<number> {
  return inTransaction(knex, async tx => {
    await lockWriters(tx, [PROFILES]);
    const ids = await select(tx).where({ kind }).limit(BATCH).pluck('id');
    return tx('profiles').where({ kind }).whereIn('id', ids).delete();
  });
}

/** Accounts of no open row of a site or an organization, and of none that ended after the revision. */
function goneAccounts(
  knex: Knex,
  before: string,
  revision: number,
): Knex.QueryBuilder {
  const late = (row: Knex.QueryBuilder) =>
    row.whereNull('closed').orWhere('closed', '>', revision);
  const gone = knex('profiles')
    .whereNull('erased_at')
    .where('updated_at', '<', before)
    // No index leads from an account to its credentials, of which there are few.
    .whereNotIn(
      'id',
      knex('history_credentials')
        .where(late)
        .whereNotNull('account_id')
        .select('account_id'),
    )
    // A read that goes on has seen them again.
    .whereNotExists(
      seenByReads(knex, ['accounts', 'directory'], 'profiles.id'),
    );
  for (const table of ['history_accounts', 'history_directory']) {
    gone.whereNotExists(
      knex(table).whereRaw('??.key = profiles.id', [table]).where(late),
    );
  }
  return gone;
}

/** When somebody was last active matters as long as somebody has the account. */
async function forgetActivity(knex: Knex): Promise<void> {
  const activity = knex('account_activity');
  for (const table of ['history_accounts', 'history_directory']) {
    activity.whereNotExists(
      knex(table)
        .whereRaw('??.key = account_activity.account_id', [table])
        .whereNull('closed'),
    );
  }
  await activity
    .whereNotExists(
      seenByReads(
        knex,
        ['accounts', 'directory'],
        'account_activity.account_id',
      ),
    )
    .delete();
}

/** Links that a pass wrote while their account was being erased, once the next pass has closed them. */
async function forgetErasedLinks(knex: Knex): Promise<void> {
  const erased = knex('profiles')
    .where({ kind: 'account' })
    .whereNotNull('erased_at')
    .select('id');
  await knex('history_identity_links')
    .whereIn('key', erased)
    .whereNotNull('closed')
    .delete();
}

/** People whom their source has not had since; that they were there stays known. */
function gonePeople(knex: Knex, before: string): Knex.QueryBuilder {
  const absentSince = isPostgres(knex)
    ? `p.payload::jsonb ->> 'absentSince'`
    : `json_extract(p.payload, '$.absentSince')`;
  return (
    knex('profiles')
      .whereNull('erased_at')
      .where('updated_at', '<', before)
      .whereNotExists(
        knex('history_people as p')
          .whereRaw('p.key = profiles.id and p.closed is null')
          .whereRaw(`coalesce(${absentSince}, ?) >= ?`, [before, before]),
      )
      // A read that goes on has seen them again.
      .whereNotExists(seenByReads(knex, ['people'], 'profiles.id'))
  );
}

/**
 * Entity names are made of names. Those of accounts that are gone or closed and have no profile any
 * more are made anew without.
 */
async function renameNameless(knex: Knex): Promise<number> {
  const found: SubjectRef[] = await knex('history_subjects as s')
    .where('s.kind', 'account')
    .whereNot('s.name', 'like', 'account-________')
    .whereNotExists(
      knex('profiles as p').whereRaw(`p.kind = 'account' and p.id = s.id`),
    )
    .whereNotExists(
      knex('history_accounts as a')
        .whereRaw('a.source = s.connection and a.key = s.id')
        .whereNull('a.closed')
        .whereRaw(`coalesce(a.status, '') <> 'closed'`),
    )
    .limit(BATCH)
    .select('s.kind', 's.connection', 's.id');
  for (const { kind, connection, id } of found) {
    const subject = { kind, connection, id };
    const name = entityName(subject, '');
    await knex('history_subjects').where(subject).update({ name });
  }
  return found.length;
}
