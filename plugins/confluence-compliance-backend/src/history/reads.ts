// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { Definitions, definitionOf } from './definitions';
import { chunks, inTransaction, nowSql, query } from './engine';
import { rowsOf } from './manyRows';
import { checkId } from './payload';
import { reasonText } from './reasons';
import { checkMode } from './standing';
import { BeginRead, Fence, FinishRead, Read } from './types';
import { ReadMode, ReadOutcome } from './words';

/** A row of `history_reads`. */
export interface ReadRow {
  id: string;
  run_id: string;
  source: string;
  dataset: string;
  container: string;
  mode: ReadMode;
  scope: string;
  started_at: string;
  /** Newest revision when it began; 0 when no row had ever stood in its container. */
  started_revision: number;
  finished_at: string | null;
  outcome: ReadOutcome | null;
  reason: string | null;
  rows: number;
  malformed: number;
  expected: number | null;
  watermark: string | null;
  progress: string | null;
  published_at: number | null;
  refused: number | null;
}

function toRead(row: ReadRow): Read {
  return {
    id: row.id,
    runId: row.run_id,
    source: row.source,
    dataset: row.dataset,
    key: row.container,
    mode: row.mode,
    scope: row.scope,
    startedAt: row.started_at,
    stood: row.started_revision > 0,
    finishedAt: row.finished_at ?? undefined,
    outcome: row.outcome ?? undefined,
    reason: row.reason ?? undefined,
    rows: row.rows,
    malformed: row.malformed,
    expected: row.expected ?? undefined,
    progress: row.progress === null ? undefined : JSON.parse(row.progress),
    publishedAt: row.published_at ?? undefined,
    refused: row.refused ?? undefined,
  };
}

/** Asks each fence once for all that share a transaction. */
export async function askFences(
  tx: Knex.Transaction,
  requests: Array<{ fence?: Fence }>,
): Promise<void> {
  for (const fence of new Set(requests.map(request => request.fence))) {
    await fence?.(tx);
  }
}

/** The reads by id, locked for writing; a finished one is a ConflictError. */
export async function lockUnfinished(
  tx: Knex.Transaction,
  readIds: string[],
): Promise<Map<string, ReadRow>> {
  const rows = await tx<ReadRow>('history_reads')
    .whereIn('id', readIds)
    .orderBy('ordinal')
    .forUpdate();
  const reads = new Map(rows.map(row => [row.id, row]));
  for (const id of readIds) {
    const read = reads.get(id);
    if (!read) {
      throw new NotFoundError(`There is no read ${id}`);
    }
    if (read.finished_at !== null) {
      throw new ConflictError(`Read ${id} is already finished`);
    }
  }
  return reads;
}

/** Starts a read over; it then counts as the one that started last. */
async function startOver(
  tx: Knex.Transaction,
  definitions: Definitions,
  row: ReadRow,
  as: { mode: ReadMode; scope: string },
): Promise<Read> {
  await tx('history_staged').where({ read_id: row.id }).delete();
  await tx('history_reads').where({ id: row.id }).delete();
  const { id } = row;
  const begin = { ...toRead(row), ...as };
  return (await insertReads(tx, definitions, [{ id, begin }])).get(id) as Read;
}

/** The newest revision for a read that begins, unless nothing can be missing in it. */
function beganAt(
  tx: Knex.Transaction,
  definitions: Definitions,
  { source, dataset, key }: BeginRead,
): Knex.Raw {
  const { table } = definitionOf(definitions, dataset);
  return tx.raw(
    `(select case when exists (
        select 1 from ${table} o where o.source = ? and o.container = ?
      ) then revision else 0 end from history_clock)`,
    [source, key],
  );
}

/** Inserts reads, but for those whose containers have an unpublished one; gives the new ones by id. */
async function insertReads(
  tx: Knex.Transaction,
  definitions: Definitions,
  begins: Array<{ id: string; begin: BeginRead }>,
): Promise<Map<string, Read>> {
  const inserted = new Map<string, Read>();
  for (const part of chunks(begins)) {
    const rows: ReadRow[] = await tx('history_reads')
      .insert(
        part.map(({ id, begin }) => ({
          id,
          run_id: begin.runId,
          source: begin.source,
          dataset: begin.dataset,
          container: begin.key,
          mode: begin.mode,
          scope: begin.scope,
          started_at: tx.raw(nowSql(tx)),
          started_revision: beganAt(tx, definitions, begin),
          rows: 0,
          malformed: 0,
        })),
      )
      .onConflict(
        tx.raw(
          '(run_id, source, dataset, container) where published_at is null',
        ),
      )
      .ignore()
      .returning('*');
    rows.forEach(row => inserted.set(row.id, toRead(row)));
  }
  return inserted;
}

/** A read to start. */
export interface BeginRequest {
  begin: BeginRead;
  fence?: Fence;
}

/** Starts reads, or finds the run's own unpublished reads of their containers. */
export async function beginReads(
  knex: Knex,
  definitions: Definitions,
  requests: BeginRequest[],
): Promise<Read[]> {
  const begins = requests.map(({ begin }) => begin);
  for (const { dataset, source, key, mode } of begins) {
    definitionOf(definitions, dataset);
    checkMode(mode, dataset);
    checkId('source', source);
    checkId('The key of a container', key);
  }
  return inTransaction(knex, async tx => {
    await askFences(tx, requests);
    const wanted = begins.map(begin => ({ id: randomUUID(), begin }));
    const inserted = await insertReads(tx, definitions, wanted);
    const begun: Read[] = [];
    for (const { id, begin } of wanted) {
      begun.push(
        inserted.get(id) ?? (await resumeRead(tx, definitions, begin)),
      );
    }
    return begun;
  });
}

/** The unpublished read of a container, started over when it is to be of another mode or scope. */
async function resumeRead(
  tx: Knex.Transaction,
  definitions: Definitions,
  { runId, source, dataset, key, mode, scope }: BeginRead,
): Promise<Read> {
  const row = (await tx<ReadRow>('history_reads')
    .where({ run_id: runId, source, dataset, container: key })
    .whereNull('published_at')
    .forUpdate()
    .first()) as ReadRow;
  return row.mode === mode && row.scope === scope
    ? toRead(row)
    : startOver(tx, definitions, row, { mode, scope });
}

/** Forgets what an unpublished read has seen and starts it again. */
export async function restartRead(
  knex: Knex,
  definitions: Definitions,
  readId: string,
  fence?: Fence,
): Promise<Read> {
  return inTransaction(knex, async tx => {
    await fence?.(tx);
    const row = await tx<ReadRow>('history_reads')
      .where({ id: readId })
      .forUpdate()
      .first();
    if (!row) {
      throw new NotFoundError(`There is no read ${readId}`);
    }
    if (row.published_at !== null) {
      throw new ConflictError(`Read ${readId} is already published`);
    }
    const { mode, scope } = row;
    return startOver(tx, definitions, row, { mode, scope });
  });
}

/** A read and how it ends. */
export interface FinishRequest {
  readId: string;
  finish: FinishRead;
  fence?: Fence;
}

/** Columns of how a read ends. */
const ENDED = {
  read_id: 'text',
  outcome: 'text',
  reason: 'text',
  expected: 'integer',
  watermark: 'text',
} as const;

const OUTCOMES = ['complete', 'partial', 'not-visible', 'failed'];

/**
 * Ends reads. A complete read with malformed records is partial: a record
 * that could not be parsed must not look as if it had gone.
 */
export async function finishReads(
  knex: Knex,
  requests: FinishRequest[],
): Promise<Read[]> {
  return inTransaction(knex, async tx => {
    await askFences(tx, requests);
    const rows = await lockUnfinished(
      tx,
      requests.map(({ readId }) => readId),
    );
    return endReads(tx, rows, requests);
  });
}

/** Ends reads whose rows are locked: gives them in the order of the requests. */
export async function endReads(
  tx: Knex.Transaction,
  rows: Map<string, ReadRow>,
  requests: FinishRequest[],
): Promise<Read[]> {
  if (requests.some(({ finish }) => !OUTCOMES.includes(finish.outcome))) {
    throw new InputError(`outcome must be one of ${OUTCOMES.join(', ')}`);
  }
  const ended = requests.map(({ readId, finish }) =>
    endedBy(rows.get(readId) as ReadRow, finish),
  );
  const { sql, bindings } = rowsOf(tx, 'ended', ENDED, ended);
  const times = await query<{ read_id: string; finished_at: string }>(
    tx,
    `update history_reads set finished_at = ${nowSql(tx)},
       outcome = ended.outcome, reason = ended.reason,
       expected = ended.expected, watermark = ended.watermark
     from ${sql} where history_reads.id = ended.read_id
     returning id as read_id, finished_at`,
    bindings,
  );
  const timeOf = new Map(times.map(row => [row.read_id, row.finished_at]));
  return ended.map(({ read_id: id, ...end }) =>
    toRead({
      ...(rows.get(id) as ReadRow),
      ...end,
      finished_at: timeOf.get(id) ?? null,
    }),
  );
}

function endedBy({ id, malformed: count }: ReadRow, finish: FinishRead) {
  const malformed = finish.outcome === 'complete' && count > 0;
  return {
    read_id: id,
    outcome: malformed ? ('partial' as const) : finish.outcome,
    reason: malformed
      ? reasonText('malformed', `${count} records could not be read`)
      : finish.reason ?? null,
    expected: finish.expected ?? null,
    watermark: finish.watermark ?? null,
  };
}

/** All reads of a run, in the order they started. */
export async function readsOf(knex: Knex, runId: string): Promise<Read[]> {
  const rows = await knex<ReadRow>('history_reads')
    .where({ run_id: runId })
    .orderBy('ordinal');
  return rows.map(toRead);
}

/** Forgets the reads of a run that were not published. */
export async function discardRun(knex: Knex, runId: string): Promise<void> {
  await inTransaction(knex, async tx => {
    const unpublished = tx('history_reads')
      .where({ run_id: runId })
      .whereNull('published_at');
    await tx('history_staged')
      .whereIn('read_id', unpublished.clone().select('id'))
      .delete();
    await unpublished.delete();
  });
}

/**
 * Open rows that publishing this read as complete would remove: rows of its
 * container and scope that were there when it began and that no read of the
 * run has seen.
 */
export async function missingRows(
  knex: Knex,
  definitions: Definitions,
  readId: string,
  limit: number,
): Promise<{ keys: string[]; total: number }> {
  const read = await knex<ReadRow>('history_reads')
    .where({ id: readId })
    .first();
  if (!read) {
    throw new NotFoundError(`There is no read ${readId}`);
  }
  if (read.started_revision === 0) {
    return { keys: [], total: 0 };
  }
  const { table } = definitionOf(definitions, read.dataset);
  const told =
    read.mode === 'difference'
      ? `and exists (select 1 from history_staged gone
           where gone.read_id = :id and gone.key = o.key and gone.hash = '')`
      : '';
  // Nearly all were seen by their own read, and only what is left is looked for in the others.
  const missing = (columns: string) =>
    `with left_over as materialized (
       select o.key, o.row_id from ${table} o
       left join history_containers c on c.source = :source
         and c.dataset = :dataset and c.container = :container
       where o.source = :source and o.container = :container
         and o.closed is null and o.out_of_scope_since is null
         and o.opened <= :started_revision
         and (c.scope is null or c.scope = :scope)
         and not exists (select 1 from history_staged mine
           where mine.read_id = :id and mine.key = o.key and mine.hash <> '')
         ${told})
     select ${columns} from left_over o where not exists (
       select 1 from history_reads other
       join history_staged s on s.read_id = other.id
       where s.key = o.key and s.hash <> ''
         and other.run_id = :run_id and other.source = :source
         and other.dataset = :dataset and other.published_at is null
         and (other.outcome is null or other.outcome in ('complete', 'partial')))`;
  const rows = await query<{ key: string }>(
    knex,
    `${missing('o.key as key')} order by o.row_id limit :limit`,
    { ...read, limit },
  );
  const keys = rows.map(row => row.key);
  if (keys.length < limit) {
    return { keys, total: keys.length };
  }
  const [{ total }] = await query<{ total: number | string }>(
    knex,
    missing('count(*) as total'),
    { ...read },
  );
  return { keys, total: Number(total) };
}
