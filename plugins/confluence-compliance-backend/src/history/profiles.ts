// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { chunks, databaseTime, isPostgres } from './engine';
import { isAnyOf, MANY, rowsOf } from './manyRows';
import { nameKey } from './nameKey';
import { checkId, cleanText } from './payload';
import { Profile } from './types';
import { ProfileKind } from './words';

interface ProfileRow {
  kind: ProfileKind;
  id: string;
  name: string | null;
  public_name: string | null;
  email: string | null;
  email_from: 'organization' | null;
  erased_at: string | null;
}

/** What is written of a profile. */
const WRITTEN = {
  kind: 'text',
  id: 'text',
  name: 'text',
  public_name: 'text',
  email: 'text',
  email_from: 'text',
  email_folded: 'text',
  name_key: 'text',
  updated_at: 'text',
} as const;

/** No email address is longer, and a database could not index one that is. */
const MAX_EMAIL = 320;

/** Email addresses are compared in this form. */
export function foldEmail(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}

function toProfile(row: ProfileRow): Profile {
  return {
    kind: row.kind,
    id: row.id,
    ...(row.name ? { name: row.name } : {}),
    ...(row.public_name ? { publicName: row.public_name } : {}),
    ...(row.email ? { email: row.email } : {}),
    ...(row.email_from ? { emailFrom: row.email_from } : {}),
    ...(row.erased_at ? { erasedAt: row.erased_at } : {}),
  };
}

/** Profiles by id, latest value; unknown ids are absent. */
export async function readProfiles(
  knex: Knex,
  kind: ProfileKind,
  ids: string[],
): Promise<Map<string, Profile>> {
  const found = new Map<string, Profile>();
  for (const part of chunks([...new Set(ids)], MANY)) {
    const rows = await knex<ProfileRow>('profiles')
      .where({ kind })
      .where(isAnyOf(knex, 'id', part));
    for (const row of rows) {
      found.set(row.id, toProfile(row));
    }
  }
  return found;
}

/**
 * Those of some ids whose email is known.
 *
 * @param words - only emails that begin with one of these before their `@`
 */
export async function readEmailHolders(
  knex: Knex,
  kind: ProfileKind,
  ids: string[],
  words?: string[],
): Promise<Set<string>> {
  const beforeAt = knex.raw(
    isPostgres(knex)
      ? `split_part(email_folded, '@', 1)`
      : `substr(email_folded, 1, instr(email_folded || '@', '@') - 1)`,
  );
  const found = new Set<string>();
  for (const part of chunks([...new Set(ids)])) {
    const holders = knex<ProfileRow>('profiles')
      .where({ kind })
      .where(isAnyOf(knex, 'id', part))
      .where('email', '<>', '')
      .select('id');
    if (words) {
      holders.where(isAnyOf(knex, beforeAt, words.map(foldEmail)));
    }
    for (const { id } of await holders) {
      found.add(id);
    }
  }
  return found;
}

/** Profiles by folded email; several may share one. */
export async function readProfilesByEmail(
  knex: Knex,
  kind: ProfileKind,
  foldedEmails: string[],
): Promise<Map<string, Profile[]>> {
  const found = new Map<string, Profile[]>();
  for (const part of chunks([...new Set(foldedEmails)])) {
    const rows = await knex<ProfileRow & { email_folded: string }>('profiles')
      .where({ kind })
      .whereIn('email_folded', part)
      .orderBy('id');
    for (const row of rows) {
      const same = found.get(row.email_folded) ?? [];
      found.set(row.email_folded, [...same, toProfile(row)]);
    }
  }
  return found;
}

/** The profile with everything taken out that says nothing. */
export function cleanProfile(profile: Profile): Profile {
  const known = (text: string | undefined) =>
    text === undefined ? undefined : cleanText(text).trim() || undefined;
  const email = knownEmail(known(profile.email));
  return {
    kind: profile.kind,
    id: checkId('The id of a profile', profile.id),
    name: known(profile.name),
    publicName: known(profile.publicName),
    email,
    emailFrom: email ? profile.emailFrom : undefined,
  };
}

/** Names of people only: whose an account may be is asked of them. */
function keyOf({ kind, name, publicName }: Profile): string | undefined {
  return kind === 'person' ? nameKey(name ?? publicName ?? '') : undefined;
}

function knownEmail(email: string | undefined): string | undefined {
  return email && foldEmail(email).length <= MAX_EMAIL ? email : undefined;
}

/**
 * What is known after seeing `seen`, or undefined when it says nothing new. Of what was erased,
 * nothing is ever new.
 */
export function mergeProfile(
  known: Profile | undefined,
  seen: Profile,
): Profile | undefined {
  if (known?.erasedAt) {
    return undefined;
  }
  const ofOrganization = seen.emailFrom !== undefined;
  // A site knows the name, an organization the email.
  const keepsEmail =
    !seen.email || (!ofOrganization && known?.emailFrom !== undefined);
  const merged = {
    kind: seen.kind,
    id: seen.id,
    name: ofOrganization ? known?.name ?? seen.name : seen.name ?? known?.name,
    publicName: seen.publicName ?? known?.publicName,
    email: keepsEmail ? known?.email : seen.email,
    emailFrom: keepsEmail ? known?.emailFrom : seen.emailFrom,
  };
  const same =
    known !== undefined &&
    merged.name === known.name &&
    merged.publicName === known.publicName &&
    merged.email === known.email &&
    merged.emailFrom === known.emailFrom;
  const empty = !merged.name && !merged.publicName && !merged.email;
  return same || (empty && !known) ? undefined : merged;
}

/** Stores what is new in the given profiles and returns those that changed. */
export async function writeProfiles(
  tx: Knex.Transaction,
  seen: Profile[],
): Promise<Profile[]> {
  const idOf = (p: Profile) => `${p.kind} ${p.id}`;
  const known = new Map<string, Profile>();
  for (const kind of ['account', 'person'] as const) {
    const ids = seen.filter(p => p.kind === kind).map(p => p.id);
    for (const profile of (await readProfiles(tx, kind, ids)).values()) {
      known.set(idOf(profile), profile);
    }
  }
  const changed = new Map<string, Profile>();
  for (const profile of seen) {
    const merged = mergeProfile(known.get(idOf(profile)), profile);
    if (merged) {
      known.set(idOf(profile), merged);
      changed.set(idOf(profile), merged);
    }
  }
  const now = await databaseTime(tx);
  const columns = Object.keys(WRITTEN);
  for (const part of chunks([...changed.values()], MANY)) {
    const { sql, bindings } = rowsOf(
      tx,
      'seen',
      WRITTEN,
      part.map(p => ({
        kind: p.kind,
        id: p.id,
        name: p.name ?? null,
        public_name: p.publicName ?? null,
        email: p.email ?? null,
        email_from: p.emailFrom ?? null,
        email_folded: p.email ? foldEmail(p.email) : null,
        name_key: keyOf(p) ?? null,
        updated_at: now,
      })),
    );
    await tx.raw(
      `insert into profiles (${columns.join(', ')})
       select ${columns.join(', ')} from ${sql} where true
       on conflict (kind, id) do update set
         ${columns.map(column => `${column} = excluded.${column}`).join(', ')}`,
      bindings,
    );
  }
  return [...changed.values()];
}
