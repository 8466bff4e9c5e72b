// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { DatasetDefinition } from './definitions';
import { databaseTime, query } from './engine';
import { StaleStagingError } from './errors';
import { PROFILES } from './profileDelta';
import { EMPTIED_ROWS, isShrink, SHRINK_ROWS } from './shrink';
import { Container, PublishOutcome } from './types';
import { ReadMode, ReadOutcome, wholeModes } from './words';

/** A dataset of a source that one run is about to publish. */
export interface Slice {
  runId: string;
  source: string;
  definition: DatasetDefinition;
}

/** The finished, unpublished reads of a slice that saw something. */
const READS = `r.run_id = ? and r.dataset = ? and r.source = ?
  and r.published_at is null and r.outcome in ('complete', 'partial')`;

/**
 * An open row that was there to be seen, and that no read of the run has seen: nearly all were by the
 * read of their container, and only what is left is looked for in the others.
 */
const UNSEEN = `o.source = r.source and o.container = r.container
  and o.closed is null and o.opened <= r.started_revision
  and not exists (
    select 1 from history_staged mine
    where mine.read_id = r.id and mine.key = o.key and mine.hash <> '')
  and not exists (
    select 1 from history_reads seen join history_staged s on s.read_id = seen.id
    where s.key = o.key and seen.run_id = r.run_id
      and seen.dataset = r.dataset and seen.source = r.source
      and seen.published_at is null and s.hash <> ''
      and seen.outcome in ('complete', 'partial'))`;

/** The containers `c` of reads, as their last published reads left them. */
const CONTAINERS = `left join history_containers c on c.source = r.source
  and c.dataset = r.dataset and c.container = r.container`;

/** Whether a container is read under the scope of its last whole read, or under another one. */
const SCOPES = {
  same: `(c.scope is null or c.scope = r.scope)`,
  other: `c.scope <> r.scope`,
};

/**
 * Rows `o` that whole reads `r` of a slice did not see, with their containers `c`: whatever a full read
 * was silent about, or what a difference says is gone. The reads come first in the plan, then what is gone,
 * which is little (`cross join` says so to SQLite).
 */
function unseenRows(
  mode: ReadMode,
  table: string,
  scope: keyof typeof SCOPES,
): string {
  const gone = `g.read_id = r.id and g.hash = '' and o.key = g.key and `;
  const [staged, named] =
    mode === 'full' ? ['', ''] : ['cross join history_staged g', gone];
  return `from history_reads r ${staged} cross join ${table} o
    ${CONTAINERS}
    where ${READS} and r.mode = '${mode}' and r.outcome = 'complete'
      and ${SCOPES[scope]} and ${named}${UNSEEN}`;
}

/** What the reads of a slice are, as far as it says what there is to compare. */
interface Reads {
  /** Whether they staged anything. */
  staged: boolean;
  /** Whether some of them tell the difference. */
  differ: boolean;
  /** The modes of those that may close rows. A difference that says nothing closes none. */
  closing: ReadMode[];
  /** Of these, the modes of those under another scope than the whole read before. */
  rescoped: ReadMode[];
}

async function readsOf(tx: Knex.Transaction, slice: Slice): Promise<Reads> {
  const rows = await query<{
    mode: ReadMode;
    outcome: ReadOutcome;
    staged: boolean | number;
    rescoped: boolean | number;
  }>(
    tx,
    // Not `exists`, for which PostgreSQL may go through all of a table that empties faster than it is vacuumed.
    `select distinct r.mode as mode, r.outcome as outcome, (
       select 1 from history_staged s where s.read_id = r.id limit 1
     ) is not null as staged,
       coalesce(${SCOPES.other}, false) as rescoped
     from history_reads r ${CONTAINERS} where ${READS}`,
    readsBindings(slice),
  );
  const closing = rows.filter(
    ({ mode, outcome, staged }) =>
      outcome === 'complete' &&
      wholeModes.includes(mode) &&
      (mode === 'full' || staged),
  );
  const modesOf = (some: typeof rows) => [
    ...new Set(some.map(({ mode }) => mode)),
  ];
  return {
    staged: rows.some(({ staged }) => staged),
    differ: rows.some(({ mode }) => mode === 'difference'),
    closing: modesOf(closing),
    rescoped: modesOf(closing.filter(({ rescoped }) => rescoped)),
  };
}

function readsBindings({ runId, source, definition }: Slice) {
  return [runId, definition.name, source];
}

/**
 * Containers of which a difference was told from what does not stand any more. A difference says nothing
 * of the rows it found as they were, so each of them has to stand still.
 */
async function changedUnder(
  tx: Knex.Transaction,
  slice: Slice,
): Promise<string[]> {
  const rows = await query<{ container: string }>(
    tx,
    `select r.container as container from history_reads r
     where ${READS} and r.mode = 'difference'
       and r.started_revision < (select revision from history_clock)
       and exists (
         select 1 from ${slice.definition.table} o
         where o.source = r.source and o.container = r.container
           and o.opened <= r.started_revision and o.closed > r.started_revision)`,
    readsBindings(slice),
  );
  return rows.map(({ container }) => container);
}

/** What reads `r` of a slice have seen, as `s`: the reads come first in the plan. */
const SEEN = `from history_reads r cross join history_staged s
  where s.read_id = r.id and ${READS} and s.hash <> ''`;

/** Whether several reads of a slice have seen the same row, as a page that moved meanwhile. */
async function isSeenTwice(
  tx: Knex.Transaction,
  slice: Slice,
): Promise<boolean> {
  const [{ most }] = await query<{ most: number | string | null }>(
    tx,
    // Of all at once: with a limit, PostgreSQL would look for the first along an index of all lanes.
    `select max(seen.times) as most
     from (select count(*) as times ${SEEN} group by s.key) seen`,
    readsBindings(slice),
  );
  return Number(most) > 1;
}

/** Rows to open, change or rewrite, and those that are stale; the read that started later wins. */
async function compareSeen(
  tx: Knex.Transaction,
  batch: string,
  slice: Slice,
): Promise<void> {
  const { source, definition } = slice;
  // To find the later one all rows are sorted, which takes longer than this question.
  const place = (await isSeenTwice(tx, slice))
    ? 'row_number() over (partition by s.key order by r.ordinal desc)'
    : '1';
  await tx.raw(
    `insert into history_delta
       (batch, source, dataset, key, action, row_id, read_id, container)
     select ?, ?, ?, w.key,
       case when w.bare then 'stale'
         when o.row_id is null then 'open'
         when w.rewrite_of = o.hash and w.container = o.container then 'rewrite'
         else 'change' end,
       o.row_id, w.read_id, w.container
     from (
       select s.key, s.hash, s.rewrite_of, s.read_id, r.container,
         s.payload is null as bare, ${place} as place
       ${SEEN}
     ) w
     left join ${definition.table} o
       on o.source = ? and o.key = w.key and o.closed is null
     where w.place = 1 and (
       o.row_id is null or o.hash <> w.hash or o.container <> w.container)`,
    [batch, source, definition.name, ...readsBindings(slice), source],
  );
}

/** Throws a StaleStagingError when what was staged was compared with what does not stand any more. */
async function refuseStale(
  tx: Knex.Transaction,
  batch: string,
  slice: Slice,
  { staged, differ }: Reads,
): Promise<void> {
  const { source, definition } = slice;
  const all = new Set([
    ...(staged ? await withoutPayload(tx, batch, slice) : []),
    ...(differ ? await changedUnder(tx, slice) : []),
  ]);
  if (all.size > 0) {
    throw new StaleStagingError(
      [...all].sort().map(key => ({ source, dataset: definition.name, key })),
    );
  }
}

/** Containers with rows to write that were staged as unchanged, without what they say: `stale`. */
async function withoutPayload(
  tx: Knex.Transaction,
  batch: string,
  { source, definition }: Slice,
): Promise<string[]> {
  return tx('history_delta')
    .where({ batch, source, dataset: definition.name, action: 'stale' })
    .distinct()
    .pluck('container');
}

async function compareMissing(
  tx: Knex.Transaction,
  batch: string,
  slice: Slice,
  modes: ReadMode[],
): Promise<void> {
  const { source, definition } = slice;
  for (const mode of modes) {
    await tx.raw(
      `insert into history_delta
         (batch, source, dataset, key, action, row_id, read_id, container)
       select ?, ?, ?, o.key, 'close', o.row_id, r.id, o.container
       ${unseenRows(mode, definition.table, 'same')}
         and o.out_of_scope_since is null`,
      [batch, source, definition.name, ...readsBindings(slice)],
    );
  }
}

/** Takes back removals that look like a fault of the upstream. */
async function refuseShrinks(
  tx: Knex.Transaction,
  batch: string,
  slice: Slice,
): Promise<PublishOutcome['refused']> {
  const { source, definition } = slice;
  const ofSlice = { batch, source, dataset: definition.name, action: 'close' };
  // Nothing looks at a token by itself, so an empty list says of all of them that they are gone.
  const seldomEmpty = definition.name === 'credentials';
  const shrunk = await tx('history_delta')
    .where(ofSlice)
    .groupBy('container', 'read_id')
    .havingRaw('count(*) > ?', [seldomEmpty ? EMPTIED_ROWS : SHRINK_ROWS])
    .orderBy('container')
    .select('container', 'read_id', tx.raw('count(*) as missing'));
  const refused: PublishOutcome['refused'] = [];
  for (const { container, read_id: readId, missing } of shrunk) {
    const [{ open }] = await tx(definition.table)
      .where({ source, container })
      .whereNull('closed')
      .whereNull('out_of_scope_since')
      .count({ open: '*' });
    const of = Number(open);
    if (isShrink(Number(missing), of, seldomEmpty)) {
      const mine = { ...ofSlice, container };
      await tx.raw(
        `insert into history_refused (read_id, row_id)
         select read_id, row_id from history_delta
         where batch = ? and source = ? and dataset = ? and action = 'close'
           and container = ?`,
        [batch, source, definition.name, container],
      );
      await tx('history_delta').where(mine).delete();
      refused.push({
        source,
        dataset: definition.name,
        key: container,
        readId,
        missing: Number(missing),
        of,
      });
    }
  }
  return refused;
}

/** A row of another scope is neither seen nor gone: it is marked so. */
async function markScope(
  tx: Knex.Transaction,
  slice: Slice,
  modes: ReadMode[],
): Promise<void> {
  const { table } = slice.definition;
  for (const mode of modes) {
    await tx.raw(
      `update ${table} set out_of_scope_since = ?
       where closed is null and out_of_scope_since is null and row_id in (
         select o.row_id ${unseenRows(mode, table, 'other')})`,
      [await databaseTime(tx), ...readsBindings(slice)],
    );
  }
}

async function unmarkScope(tx: Knex.Transaction, slice: Slice): Promise<void> {
  const { table } = slice.definition;
  const marked = await tx(table)
    .where({ source: slice.source })
    .whereNull('closed')
    .whereNotNull('out_of_scope_since')
    .first('row_id');
  // There hardly ever are any, and what was seen need not be gone through for none.
  if (!marked) {
    return;
  }
  await tx.raw(
    `update ${table} set out_of_scope_since = null
     where source = ? and closed is null and out_of_scope_since is not null
       and key in (
         select s.key from history_staged s
         join history_reads r on r.id = s.read_id
         where ${READS} and s.hash <> '')`,
    [slice.source, ...readsBindings(slice)],
  );
}

/**
 * Writes the difference between what the run has seen and what stands open
 * into `history_delta`, before the clock is locked. Returns what was refused.
 */
export async function compareSlice(
  tx: Knex.Transaction,
  batch: string,
  slice: Slice,
): Promise<PublishOutcome['refused']> {
  const reads = await readsOf(tx, slice);
  const { staged, closing, rescoped } = reads;
  if (staged) {
    await compareSeen(tx, batch, slice);
  }
  await refuseStale(tx, batch, slice, reads);
  await compareMissing(tx, batch, slice, closing);
  await markScope(tx, slice, rescoped);
  if (staged) {
    await unmarkScope(tx, slice);
  }
  return closing.length > 0 ? refuseShrinks(tx, batch, slice) : [];
}

/**
 * Locks who may write the given sources and datasets, always in one order. Accounts that close lose
 * their profiles, and no person names an account that was erased, so whoever writes either waits for
 * whoever writes profiles.
 */
export async function lockWriters(
  tx: Knex.Transaction,
  containers: Array<Pick<Container, 'source' | 'dataset'>>,
): Promise<void> {
  const withProfiles = containers.some(({ dataset }) =>
    ['accounts', 'people'].includes(dataset),
  );
  const lanes = withProfiles ? [...containers, PROFILES] : containers;
  const names = lanes.map(c => JSON.stringify([c.source, c.dataset]));
  for (const name of [...new Set(names)].sort()) {
    const [source, dataset] = JSON.parse(name);
    const lock = () =>
      tx('history_locks').where({ source, dataset }).forUpdate().first();
    if (!(await lock())) {
      await tx('history_locks')
        .insert({ source, dataset })
        .onConflict(['source', 'dataset'])
        .ignore();
      await lock();
    }
  }
}
