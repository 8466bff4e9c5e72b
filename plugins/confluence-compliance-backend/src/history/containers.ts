// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { chunks, isPostgres } from './engine';
import { ReadRow } from './reads';
import { Container, ContainerState, PublishOutcome } from './types';
import { ReadOutcome, Revision, wholeModes } from './words';

/** A row of `history_containers`. */
export interface ContainerRow {
  source: string;
  dataset: string;
  container: string;
  scope: string;
  presence: ContainerState['presence'];
  complete_at: string | null;
  read_at: string | null;
  outcome: ReadOutcome;
  reason: string | null;
  rows: number;
  watermark: string | null;
  refused: number | null;
  last_read_id: string | null;
}

export function toState(row: ContainerRow): ContainerState {
  return {
    source: row.source,
    dataset: row.dataset,
    key: row.container,
    scope: row.scope,
    presence: row.presence,
    completeAt: row.complete_at ?? undefined,
    readAt: row.read_at ?? '',
    outcome: row.outcome,
    reason: row.reason ?? undefined,
    rows: row.rows,
    watermark: row.watermark ?? undefined,
    refused: row.refused ?? undefined,
  };
}

/** States of containers, by source, dataset and key. */
export async function readContainers(
  knex: Knex,
  filter: Partial<Container> = {},
): Promise<ContainerState[]> {
  const select = knex<ContainerRow>('history_containers').orderBy([
    'source',
    'dataset',
    'container',
  ]);
  if (filter.source !== undefined) {
    select.where({ source: filter.source });
  }
  if (filter.dataset !== undefined) {
    select.where({ dataset: filter.dataset });
  }
  if (filter.key !== undefined) {
    select.where({ container: filter.key });
  }
  return (await select).map(toState);
}

function next(
  known: ContainerRow | undefined,
  read: ReadRow,
  refused: number | null,
): ContainerRow {
  const saw = read.outcome === 'complete' || read.outcome === 'partial';
  const full = saw && wholeModes.includes(read.mode);
  const whole = full && read.outcome === 'complete';
  let presence = known?.presence ?? 'present';
  if (saw) {
    presence = 'present';
  } else if (read.outcome === 'not-visible' && presence === 'present') {
    presence = 'not-visible';
  }
  return {
    source: read.source,
    dataset: read.dataset,
    container: read.container,
    // Rows are measured against the scope of the last read that was whole,
    // and until there was one, against that of the last read that saw any.
    scope:
      !known || whole || (saw && !known.complete_at) ? read.scope : known.scope,
    presence,
    complete_at: whole ? read.finished_at : known?.complete_at ?? null,
    read_at: read.finished_at,
    outcome: read.outcome as ReadOutcome,
    reason: read.reason,
    rows: full ? seenBy(read) : known?.rows ?? (saw ? read.rows : 0),
    watermark: (saw ? read.watermark : null) ?? known?.watermark ?? null,
    refused,
    last_read_id: read.id,
  };
}

/** How many rows a read has found; a difference says so apart from the rows it tells. */
function seenBy({ mode, rows, expected }: ReadRow): number {
  return mode === 'difference' ? expected ?? rows : rows;
}

/** Stores what published reads say about their containers. */
export async function recordReads(
  tx: Knex.Transaction,
  reads: ReadRow[],
  inForce: Revision,
  refused: PublishOutcome['refused'],
): Promise<void> {
  const missing = new Map(refused.map(r => [r.readId, r.missing]));
  for (const part of chunks(reads, 100)) {
    const ids = part.map(read => read.id);
    const states: ContainerRow[] = await tx<ContainerRow>(
      'history_containers',
    ).whereIn(
      ['source', 'dataset', 'container'],
      part.map(read => [read.source, read.dataset, read.container]),
    );
    const nameOf = (c: ContainerRow | ReadRow) =>
      JSON.stringify([c.source, c.dataset, c.container]);
    const known = new Map(states.map(state => [nameOf(state), state]));
    const refusing = states.flatMap(({ refused: count, last_read_id: id }) =>
      count !== null && id !== null ? [id] : [],
    );
    if (refusing.length > 0) {
      await tx('history_refused')
        .whereIn('read_id', refusing)
        .whereNotIn('read_id', ids)
        .delete();
    }
    await tx('history_containers')
      .insert(
        part.map(read =>
          next(known.get(nameOf(read)), read, missing.get(read.id) ?? null),
        ),
      )
      .onConflict(['source', 'dataset', 'container'])
      .merge();
    await tx('history_reads')
      .whereIn('id', ids)
      .update({ published_at: inForce });
  }
  await forgetStaged(
    tx,
    reads.map(read => read.id),
  );
  for (const { readId, missing: count } of refused) {
    await tx('history_reads').where({ id: readId }).update({ refused: count });
  }
}

/** Deletes what published reads had staged. */
async function forgetStaged(
  tx: Knex.Transaction,
  readIds: string[],
): Promise<void> {
  const others = tx('history_reads').whereNull('published_at').first('id');
  if (!isPostgres(tx) && !(await others)) {
    // Without a condition SQLite drops all rows at once.
    await tx('history_staged').delete();
    return;
  }
  for (const ids of chunks(readIds, 100)) {
    await tx('history_staged').whereIn('read_id', ids).delete();
  }
}

/** Marks containers that went on positive evidence. */
export async function markGone(
  tx: Knex.Transaction,
  gone: Container[],
): Promise<void> {
  for (const { source, dataset, key } of gone) {
    await tx('history_containers')
      .where({ source, dataset, container: key })
      .update({ presence: 'gone' });
  }
}
