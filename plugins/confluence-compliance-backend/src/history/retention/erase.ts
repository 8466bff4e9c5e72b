// SPDX-License-Identifier: Apache-2.0
import { randomBytes, randomUUID } from 'node:crypto';
import { InputError, NotFoundError } from '@backstage/errors';
import type { ErasedAccount } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { applyDelta } from '../apply';
import { eraseLabels } from '../credentialDetails';
import { lockWriters } from '../compare';
import type { IdentityLinkPayload } from '../datasets';
import { eraseReasons, keepReason } from '../decisionReasons';
import { eraseDecisions } from '../decisions';
import { databaseTime, inTransaction } from '../engine';
import { entityName } from '../entityName';
import { eraseExceptionTexts } from '../exceptions/eraseTexts';
import { stripPeople } from '../erasedAccounts';
import { PROFILES } from '../profileDelta';
import { readProfiles } from '../profiles';
import { Writing } from '../publish';
import { Profile, SubjectRef } from '../types';
import { ProfileKind } from '../words';
import { eraseApprovals } from './eraseApprovals';
import { eraseAttestationTexts } from './eraseAttestationTexts';
import { eraseComments } from './eraseComments';
import { eraseReviewTexts } from './eraseReviewTexts';
import { mentionsOf } from './mentions';

const LINKS = { source: 'identity', dataset: 'identity_links' };

/** Random bytes of a pseudonym: nothing leads back from it. */
const RANDOM_BYTES = 6;

/** When a person was erased is not kept: the time of their account would say whose it was. */
const SOME_TIME = '1970-01-01T00:00:00.000Z';

/** Entries that say whose an account is. */
const DECISIONS = ['account.linked', 'account.classed'];

/** Entries of the ledger that are looked at together. */
const BATCH = 500;

export interface EraseAccount {
  connection: string;
  accountId: string;
  /** A user or service ref. */
  actor: string;
  /** Why; it is kept, so that it must not name the person. */
  reason: string;
}

/**
 * Erases the name and email of an account and of its person for good, in every source, and that it
 * belonged to them. Asking again changes nothing. Throws a NotFoundError for an account that was never seen, an InputError for
 * a reason that names the person.
 */
export async function eraseAccount(
  writing: Writing,
  { connection, accountId, actor, reason }: EraseAccount,
): Promise<ErasedAccount> {
  const { knex, definitions, pageSubjects, ledger } = writing;
  return inTransaction(knex, async tx => {
    await lockWriters(tx, [LINKS, PROFILES]);
    const subjects: SubjectRef[] = await tx('history_subjects')
      .where({ kind: 'account', id: accountId })
      .select('kind', 'connection', 'id');
    if (!subjects.some(subject => subject.connection === connection)) {
      throw new NotFoundError(`There is no account ${accountId}`);
    }
    const profiles = await readProfiles(tx, 'account', [accountId]);
    const known = profiles.get(accountId);
    if (known?.erasedAt && known.name) {
      return { pseudonym: known.name, erasedAt: known.erasedAt };
    }
    const people = await linkedPeople(tx, accountId);
    const mentions = mentionsOf([...profiles.values(), ...people]);
    if (mentions(reason)) {
      throw new InputError('reason must not name the person: it is kept');
    }
    const erased = {
      pseudonym: pseudonymOf('account'),
      erasedAt: await databaseTime(tx),
    };
    await writePseudonym(tx, { kind: 'account', id: accountId }, erased);
    for (const person of people) {
      // Nothing that both have may lead from one to the other.
      const pseudonym = pseudonymOf('person');
      await writePseudonym(tx, person, { pseudonym, erasedAt: SOME_TIME });
    }
    await eraseLabels(tx, accountId);
    await eraseDecisions(tx, accountId);
    await stripPeople(tx, accountId);
    await eraseExceptionTexts(tx, accountId, mentions);
    await eraseComments(tx, accountId, mentions);
    await eraseApprovals(tx, mentions);
    await eraseReasons(tx, mentions);
    await eraseReviewTexts(tx, accountId, mentions);
    await eraseAttestationTexts(tx, mentions);
    await tx('history_staged')
      .where({ key: accountId })
      .whereIn(
        'read_id',
        tx('history_reads').whereNull('published_at').select('id'),
      )
      .update({ profile: null });
    const decided = new Set(
      subjects.map(({ connection: of, id }) => `${of}/${id}`),
    );
    const erasedEntries = await eraseEntries(
      tx,
      writing,
      ({ kind, subject, payload }) =>
        (DECISIONS.includes(kind) && decided.has(subject)) ||
        mentions(JSON.parse(payload)),
    );
    const batch = randomUUID();
    await noteErasure(tx, batch, accountId);
    const tick = { kind: 'change' as const };
    await applyDelta(tx, { batch, definitions, pageSubjects, tick });
    await tx('history_identity_links').where({ key: accountId }).delete();
    for (const { kind, connection: of, id } of subjects) {
      const ref = { kind, connection: of, id };
      const name = entityName(ref, erased.pseudonym);
      await tx('history_subjects').where(ref).update({ name });
    }
    // Names of entities have changed, which only a pass over everything finds.
    await tx('feed_consumers').update({ position: null });
    const kind = 'account.erased' as const;
    const subject = `${connection}/${accountId}`;
    await ledger.append(tx, {
      kind,
      actor,
      subject,
      payload: {
        reason: await keepReason(tx, { kind, subject, actor, reason }),
        pseudonym: erased.pseudonym,
        erasedEntries,
      },
    });
    return erased;
  });
}

/** The profile of the person it is linked to. */
async function linkedPeople(
  tx: Knex.Transaction,
  accountId: string,
): Promise<Profile[]> {
  const links: string[] = await tx('history_identity_links')
    .where({ key: accountId })
    .whereNull('closed')
    .pluck('payload');
  const ids = links.map(
    link => (JSON.parse(link) as IdentityLinkPayload).person,
  );
  return [...(await readProfiles(tx, 'person', ids)).values()];
}

/** A new pseudonym, which nothing is derived from. */
function pseudonymOf(kind: ProfileKind): string {
  return `Erased ${kind} ${randomBytes(RANDOM_BYTES).toString('hex')}`;
}

async function writePseudonym(
  tx: Knex.Transaction,
  { kind, id }: Pick<Profile, 'kind' | 'id'>,
  { pseudonym, erasedAt }: ErasedAccount,
): Promise<void> {
  await tx('profiles')
    .insert({
      kind,
      id,
      name: pseudonym,
      public_name: null,
      email: null,
      email_from: null,
      email_folded: null,
      name_key: null,
      updated_at: erasedAt,
      erased_at: erasedAt,
    })
    .onConflict(['kind', 'id'])
    .merge();
}

interface Entry {
  seq: number;
  kind: string;
  subject: string;
  payload: string;
}

/** Erases what entries of the ledger say that lead to the person; returns how many. */
async function eraseEntries(
  tx: Knex.Transaction,
  { ledger }: Writing,
  leads: (entry: Entry) => boolean,
): Promise<number> {
  let count = 0;
  let after = 0;
  for (;;) {
    const rows: Entry[] = await tx('ledger_entries')
      .where('seq', '>', after)
      .whereNotNull('payload')
      .orderBy('seq')
      .limit(BATCH)
      .select('seq', 'kind', 'subject', 'payload');
    if (rows.length === 0) {
      return count;
    }
    for (const entry of rows) {
      if (leads(entry)) {
        await ledger.erase(tx, entry.seq);
        count += 1;
      }
      after = entry.seq;
    }
  }
}

/** Closes the links of the account, and has the feed tell its new name. */
async function noteErasure(
  tx: Knex.Transaction,
  batch: string,
  accountId: string,
): Promise<void> {
  await tx.raw(
    `insert into history_delta
       (batch, source, dataset, key, action, row_id, container)
     select ?, source, ?, key, 'close', row_id, container
     from history_identity_links where key = ? and closed is null`,
    [batch, LINKS.dataset, accountId],
  );
  await tx('history_delta').insert({
    ...PROFILES,
    batch,
    key: accountId,
    action: 'profile',
    container: 'account',
  });
}
