// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { writeActivity } from './activity';
import { profileOf } from './closedProfiles';
import { writeCredentialDetails } from './credentialDetails';
import { DatasetDefinition, Definitions, definitionOf } from './definitions';
import { chunks, inTransaction } from './engine';
import { isAnyOf, rowsOf } from './manyRows';
import { checkId, encode, encodeAs, Encoded } from './payload';
import { cleanProfile, mergeProfile, readProfiles } from './profiles';
import { lockUnfinished } from './reads';
import { ObservedRow, Profile } from './types';
import { ProfileKind } from './words';

/** What goes into the same transaction as the rows. */
export interface StageOptions {
  /** Where the reader continues after these rows. */
  progress?: unknown;
  /** Records of this batch that could not be parsed. */
  malformed?: number;
  /** Throws when the caller may not write any more. */
  fence?: (tx: Knex.Transaction) => Promise<void>;
}

interface OpenRow {
  source: string;
  key: string;
  container: string;
  hash: string;
  shape: number;
  payload: string;
}

/** Columns of a staged row, besides the read that has seen it. */
const STAGED = {
  key: 'text',
  hash: 'text',
  shape: 'integer',
  payload: 'text',
  rewrite_of: 'text',
  profile: 'text',
} as const;

interface Staged {
  key: string;
  hash: string;
  shape: number;
  payload: string | null;
  rewrite_of: string | null;
}

/** Compares what was seen with the open row, across payload shapes. */
function stagedRow(
  definition: DatasetDefinition,
  container: string,
  key: string,
  seen: Encoded,
  open: OpenRow | undefined,
): Staged {
  const changed = {
    key,
    hash: seen.hash,
    shape: seen.shape,
    payload: seen.json,
    rewrite_of: null,
  };
  if (!open || open.container !== container) {
    return changed;
  }
  const unchanged = {
    ...changed,
    hash: open.hash,
    shape: open.shape,
    payload: null,
  };
  if (open.hash === seen.hash) {
    return unchanged;
  }
  if (open.shape > seen.shape) {
    // A newer version of ours wrote this row; it knows more, not otherwise.
    const older = encodeAs(definition, open.payload, seen.shape);
    return older.hash === seen.hash ? unchanged : changed;
  }
  if (open.shape < seen.shape) {
    const older = encodeAs(definition, seen.json, open.shape);
    return older.hash === open.hash
      ? { ...changed, rewrite_of: open.hash }
      : changed;
  }
  return changed;
}

async function newProfiles(
  tx: Knex.Transaction,
  dataset: string,
  rows: ObservedRow[],
): Promise<Map<string, string>> {
  const seen = new Map<string, Profile>();
  for (const row of rows) {
    const profile = profileOf(dataset, row);
    if (profile) {
      seen.set(row.key, cleanProfile(profile));
    }
  }
  const found = new Map<string, string>();
  for (const kind of ['account', 'person'] satisfies ProfileKind[]) {
    const ofKind = [...seen].filter(([, profile]) => profile.kind === kind);
    const known = await readProfiles(
      tx,
      kind,
      ofKind.map(([, profile]) => profile.id),
    );
    for (const [key, profile] of ofKind) {
      if (mergeProfile(known.get(profile.id), profile)) {
        found.set(key, JSON.stringify(profile));
      }
    }
  }
  return found;
}

/** Writes rows as seen by one read; the caller holds the read's row. */
export async function writeStaged(
  tx: Knex.Transaction,
  definition: DatasetDefinition,
  read: { id: string; source: string; container: string },
  rows: ObservedRow[],
): Promise<number> {
  const distinct = new Map<string, ObservedRow>();
  for (const row of rows) {
    distinct.set(checkId(`A key of ${definition.name}`, row.key), row);
  }
  let added = 0;
  for (const part of chunks([...distinct.values()])) {
    const keys = part.map(row => row.key);
    const open = await tx<OpenRow>(definition.table)
      .where({ source: read.source })
      .where(isAnyOf(tx, 'key', keys))
      .whereNull('closed')
      .select('source', 'key', 'container', 'hash', 'shape', 'payload');
    const openByKey = new Map(open.map(row => [row.key, row]));
    const profiles = await newProfiles(tx, definition.name, part);
    const [{ known }] = await tx('history_staged')
      .where({ read_id: read.id })
      .where(isAnyOf(tx, 'key', keys))
      .count({ known: '*' });
    added += part.length - Number(known);
    await insertStaged(
      tx,
      read.id,
      part.map(row => ({
        ...stagedRow(
          definition,
          read.container,
          row.key,
          encode(definition, row.payload),
          openByKey.get(row.key),
        ),
        profile: profiles.get(row.key) ?? null,
      })),
    );
  }
  return added;
}

/** A row seen again counts as it was seen last; what is known of people is kept. */
async function insertStaged(
  tx: Knex.Transaction,
  readId: string,
  rows: Array<Staged & { profile: string | null }>,
): Promise<void> {
  const { sql, bindings } = rowsOf(tx, 'seen', STAGED, rows);
  const columns = Object.keys(STAGED).join(', ');
  await tx.raw(
    `insert into history_staged (read_id, ${columns})
     select cast(? as text), ${columns} from ${sql} where true
     on conflict (key, read_id) do update set
       hash = excluded.hash, shape = excluded.shape,
       payload = excluded.payload, rewrite_of = excluded.rewrite_of,
       profile = coalesce(excluded.profile, history_staged.profile)`,
    [readId, ...bindings],
  );
}

/** What a read has seen so far. */
export interface Counted {
  /** Distinct rows. */
  rows: number;
  /** Records that could not be parsed. */
  malformed: number;
}

/**
 * Stores one batch of a read together with where the reader continues, and
 * counts what the read has seen with it.
 */
export async function stage(
  knex: Knex,
  definitions: Definitions,
  readId: string,
  rows: ObservedRow[],
  options: StageOptions = {},
): Promise<Counted> {
  return inTransaction(knex, async tx => {
    await options.fence?.(tx);
    const read = await lockUnfinished(tx, readId);
    const definition = definitionOf(definitions, read.dataset);
    const added = await writeStaged(tx, definition, read, rows);
    await writeActivity(tx, read.source, rows);
    await writeCredentialDetails(tx, read.source, rows);
    const counted = {
      rows: read.rows + added,
      malformed: read.malformed + (options.malformed ?? 0),
    };
    await tx('history_reads')
      .where({ id: readId })
      .update({
        ...counted,
        ...(options.progress === undefined
          ? {}
          : { progress: JSON.stringify(options.progress) }),
      });
    return counted;
  });
}
