// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { profileOf } from './closedProfiles';
import { DatasetDefinition } from './definitions';
import { chunks, query } from './engine';
import { isAnyOf, MANY, rowsOf } from './manyRows';
import { checkId, encode, encodeAs } from './payload';
import { cleanProfile, mergeProfile, readProfiles } from './profiles';
import { ObservedRow, Profile } from './types';
import { ProfileKind } from './words';

/** A row and the read that has seen it. */
export interface SeenRow {
  read: {
    id: string;
    container: string;
    /** Rows that it has seen before. */
    rows: number;
  };
  row: ObservedRow;
}

interface OpenRow {
  source: string;
  key: string;
  container: string;
  hash: string;
  shape: number;
  payload: string;
}

/** Columns of a staged row. */
const STAGED = {
  read_id: 'text',
  key: 'text',
  hash: 'text',
  shape: 'integer',
  payload: 'text',
  rewrite_of: 'text',
  profile: 'text',
} as const;

interface Staged {
  read_id: string;
  key: string;
  hash: string;
  shape: number;
  payload: string | null;
  rewrite_of: string | null;
}

/** Compares what was seen with the open row, across payload shapes. */
function stagedRow(
  definition: DatasetDefinition,
  { read: { id, container }, row: { key, payload } }: SeenRow,
  open: OpenRow | undefined,
): Staged {
  const seen = encode(definition, payload);
  const changed = {
    read_id: id,
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
  rows: SeenRow[],
): Promise<Map<string, string>> {
  const seen = new Map<string, Profile>();
  for (const { row } of rows) {
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

/** How many of the rows their reads had seen before, by read. */
async function countKnown(
  tx: Knex.Transaction,
  rows: SeenRow[],
): Promise<Map<string, number>> {
  const again = rows
    .filter(({ read }) => read.rows > 0)
    .map(({ read, row }) => ({ read_id: read.id, key: row.key }));
  if (again.length === 0) {
    return new Map();
  }
  const columns = { read_id: 'text', key: 'text' } as const;
  const { sql, bindings } = rowsOf(tx, 'seen', columns, again);
  const counts = await query<{ read_id: string; known: number | string }>(
    tx,
    // Asked for each row: a join lets SQLite go through all that a read has seen.
    `select seen.read_id as read_id, count(*) as known from ${sql}
     where exists (
       select 1 from history_staged s
       where s.key = seen.key and s.read_id = seen.read_id and s.hash <> '')
     group by seen.read_id`,
    bindings,
  );
  return new Map(counts.map(c => [c.read_id, Number(c.known)]));
}

/**
 * Writes rows of one dataset and source as reads have seen them; the caller holds the rows of the
 * reads. Gives how many each read had not seen before.
 */
export async function writeStaged(
  tx: Knex.Transaction,
  definition: DatasetDefinition,
  source: string,
  rows: SeenRow[],
): Promise<Map<string, number>> {
  const distinct = new Map<string, SeenRow>();
  for (const seen of rows) {
    const key = checkId(`A key of ${definition.name}`, seen.row.key);
    distinct.set(`${seen.read.id} ${key}`, seen);
  }
  const added = new Map<string, number>();
  const add = (id: string, n: number) =>
    added.set(id, (added.get(id) ?? 0) + n);
  for (const part of chunks([...distinct.values()], MANY)) {
    const open = await tx<OpenRow>(definition.table)
      .where({ source })
      .where(
        isAnyOf(
          tx,
          'key',
          part.map(({ row }) => row.key),
        ),
      )
      .whereNull('closed')
      .select('source', 'key', 'container', 'hash', 'shape', 'payload');
    const openByKey = new Map(open.map(row => [row.key, row]));
    const profiles = await newProfiles(tx, definition.name, part);
    part.forEach(({ read }) => add(read.id, 1));
    (await countKnown(tx, part)).forEach((known, id) => add(id, -known));
    await insertStaged(
      tx,
      part.map(seen => ({
        ...stagedRow(definition, seen, openByKey.get(seen.row.key)),
        profile: profiles.get(seen.row.key) ?? null,
      })),
    );
  }
  return added;
}

/** A row seen again counts as it was seen last; what is known of people is kept. */
async function insertStaged(
  tx: Knex.Transaction,
  rows: Array<Staged & { profile: string | null }>,
): Promise<void> {
  const { sql, bindings } = rowsOf(tx, 'seen', STAGED, rows);
  const columns = Object.keys(STAGED).join(', ');
  await tx.raw(
    `insert into history_staged (${columns})
     select ${columns} from ${sql} where true
     on conflict (key, read_id) do update set
       hash = excluded.hash, shape = excluded.shape,
       payload = excluded.payload, rewrite_of = excluded.rewrite_of,
       profile = coalesce(excluded.profile, history_staged.profile)`,
    bindings,
  );
}

/**
 * Notes what a read of the difference says is gone, as rows without a hash; a row that it has seen is not.
 */
export async function writeGone(
  tx: Knex.Transaction,
  readId: string,
  keys: string[],
): Promise<void> {
  for (const part of chunks(keys, MANY)) {
    const { sql, bindings } = rowsOf(
      tx,
      'told',
      { key: 'text' },
      part.map(key => ({ key })),
    );
    await tx.raw(
      `insert into history_staged (read_id, key, hash, shape)
       select cast(? as varchar(36)), key, '', 0 from ${sql} where true
       on conflict (key, read_id) do nothing`,
      [readId, ...bindings],
    );
  }
}
