// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { ClockRow } from '../clock';
import { inTransaction } from '../engine';
import { Writing } from '../publish';
import { Revision, wholeModes } from '../words';

/** Rows per statement, so that others can write in between. */
const BATCH = 1_000;

export interface PruneOptions {
  /** ISO time in UTC; what stood then, and everything since, is kept. */
  before: string;
  /** A revision that is still needed, and everything since. */
  spare?: Revision;
  signal?: AbortSignal;
}

/** What a prune has deleted. */
export interface Pruned {
  /** The oldest revision that can still be asked for. */
  oldest: Revision;
  /** Intervals that ended by then. */
  rows: number;
  /** Reads that nothing rests on any more. */
  reads: number;
}

/**
 * Deletes the history before a time. What is asked for before it is gone at once; the rows go in
 * batches, and a prune that was stopped is finished by the next one.
 */
export async function prune(
  { knex, definitions, ledger }: Writing,
  { before, spare, signal }: PruneOptions,
): Promise<Pruned> {
  const oldest = await moveOldest(knex, before, spare);
  const pruned = { oldest, rows: 0, reads: 0 };
  try {
    for (const { table } of Object.values(definitions)) {
      await deleteAlong(
        knex,
        { table, id: 'row_id', signal },
        rows => rows.where('closed', '<=', oldest),
        count => (pruned.rows += count),
      );
    }
    await deleteAlong(
      knex,
      { table: 'history_reads', id: 'ordinal', signal },
      reads => onlyOldReads(knex, reads, { before, oldest }),
      count => (pruned.reads += count),
    );
  } finally {
    if (pruned.rows + pruned.reads > 0) {
      await knex.transaction(tx =>
        ledger.append(tx, {
          kind: 'history.pruned',
          actor: 'system',
          subject: 'history',
          payload: pruned,
        }),
      );
    }
  }
  return pruned;
}

/** The last revision committed before a time; 0 where there is none. */
export async function revisionBefore(
  knex: Knex,
  before: string,
): Promise<Revision> {
  const row = await knex('history_revisions')
    .where('committed_at', '<', before)
    .max({ revision: 'revision' })
    .first();
  return row?.revision ?? 0;
}

/** Says that nothing older can be asked for any more, before it is not there any more. */
async function moveOldest(
  knex: Knex,
  before: string,
  spare = Infinity,
): Promise<Revision> {
  const wanted = Math.min(await revisionBefore(knex, before), spare);
  return inTransaction(knex, async tx => {
    const clock = await tx<ClockRow>('history_clock').forUpdate().first();
    const oldest = Math.max(wanted, clock?.oldest ?? 0);
    await tx('history_clock').update({ oldest });
    return oldest;
  });
}

/**
 * Published reads, but for those that say how their container is, how it was at the oldest revision,
 * that it had been read completely by then, or what can be accepted.
 */
function onlyOldReads(
  knex: Knex,
  reads: Knex.QueryBuilder,
  { before, oldest }: { before: string; oldest: Revision },
): Knex.QueryBuilder {
  const later = () =>
    knex('history_reads as l')
      .whereRaw(
        `l.source = history_reads.source and l.dataset = history_reads.dataset
         and l.container = history_reads.container
         and l.started_at >= history_reads.started_at
         and (l.started_at > history_reads.started_at
           or l.ordinal > history_reads.ordinal)`,
      )
      .where('l.published_at', '<=', oldest);
  return reads
    .where('published_at', '<=', oldest)
    .where('finished_at', '<', before)
    .whereExists(later())
    .where(either =>
      either
        .whereNotIn('mode', [...wholeModes])
        .orWhereNot('outcome', 'complete')
        .orWhereExists(
          later()
            .whereIn('l.mode', [...wholeModes])
            .where({ 'l.outcome': 'complete' }),
        ),
    )
    .whereNotExists(
      knex('history_containers as c').whereRaw(
        `c.source = history_reads.source and c.dataset = history_reads.dataset
         and c.container = history_reads.container
         and c.last_read_id = history_reads.id`,
      ),
    )
    .whereNotExists(
      knex('history_refused as f').whereRaw('f.read_id = history_reads.id'),
    );
}

/** Deletes in batches along a number that only grows, so that each row is looked at once. */
async function deleteAlong(
  knex: Knex,
  where: { table: string; id: string; signal?: AbortSignal },
  narrow: (rows: Knex.QueryBuilder) => Knex.QueryBuilder,
  onDeleted: (count: number) => void,
): Promise<void> {
  const { table, id, signal } = where;
  let after = 0;
  for (;;) {
    signal?.throwIfAborted();
    const rows: Array<Record<string, number | string>> = await narrow(
      knex(table).where(id, '>', after),
    )
      .orderBy(id)
      .limit(BATCH)
      .select(id);
    if (rows.length === 0) {
      return;
    }
    const ids = rows.map(row => row[id]);
    onDeleted(await knex(table).whereIn(id, ids).delete());
    after = Number(ids[ids.length - 1]);
  }
}
