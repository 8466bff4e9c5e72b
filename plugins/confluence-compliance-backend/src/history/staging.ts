// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import { writeActivity } from './activity';
import { writeCredentialDetails } from './credentialDetails';
import { asClassed } from './decisions';
import { Definitions, definitionOf } from './definitions';
import { inTransaction } from './engine';
import { rowsOf } from './manyRows';
import { lockUnfinished, ReadRow } from './reads';
import { SeenRow, writeGone, writeStaged } from './stagedRows';
import { ObservedRow } from './types';

/** What goes into the same transaction as the rows. */
export interface StageOptions {
  /** Where the reader continues after these rows. */
  progress?: unknown;
  /** Records of this batch that could not be parsed. */
  malformed?: number;
  /** Keys of rows that stood and do not any more; only of a read of the difference. */
  gone?: string[];
  /** Throws when the caller may not write any more; asked once for all that share a transaction. */
  fence?: (tx: Knex.Transaction) => Promise<void>;
  /** What else is to be written. */
  also?: (tx: Knex.Transaction) => Promise<void>;
}

/** What a read has seen so far. */
export interface Counted {
  /** Distinct rows. */
  rows: number;
  /** Records that could not be parsed. */
  malformed: number;
}

/** One batch of a read. */
export interface StageRequest {
  readId: string;
  rows: ObservedRow[];
  options: StageOptions;
}

/** The rows of all requests, by the dataset and source they belong to. */
function lanesOf(requests: StageRequest[], reads: Map<string, ReadRow>) {
  const lanes = new Map<string, SeenRow[]>();
  for (const { readId, rows } of requests) {
    const read = reads.get(readId) as ReadRow;
    const lane = JSON.stringify([read.dataset, read.source]);
    const seen = lanes.get(lane) ?? [];
    rows.forEach(row => seen.push({ read, row }));
    lanes.set(lane, seen);
  }
  return [...lanes].map(([lane, seen]) => {
    const [dataset, source]: string[] = JSON.parse(lane);
    return { dataset, source, seen };
  });
}

async function stageGone(
  tx: Knex.Transaction,
  { id, mode }: ReadRow,
  keys: string[],
): Promise<void> {
  if (keys.length === 0) {
    return;
  }
  if (mode !== 'difference') {
    throw new InputError(
      `gone may be told by a read of the difference only, not by one that is ${mode}`,
    );
  }
  await writeGone(tx, id, keys);
}

/**
 * Stores batches of reads in one transaction, each with where its reader continues, and counts what
 * the reads have seen with them: a result for each request in their order.
 */
export async function stageTogether(
  knex: Knex,
  definitions: Definitions,
  requests: StageRequest[],
): Promise<Counted[]> {
  return inTransaction(knex, async tx => {
    for (const fence of new Set(requests.map(({ options }) => options.fence))) {
      await fence?.(tx);
    }
    const reads = await lockUnfinished(
      tx,
      requests.map(({ readId }) => readId),
    );
    for (const { dataset, source, seen } of lanesOf(requests, reads)) {
      const definition = definitionOf(definitions, dataset);
      const added = await writeStaged(
        tx,
        definition,
        source,
        await asClassed(tx, dataset, seen),
      );
      for (const [id, count] of added) {
        (reads.get(id) as ReadRow).rows += count;
      }
      const rows = seen.map(({ row }) => row);
      await writeActivity(tx, source, rows);
      await writeCredentialDetails(tx, source, rows);
    }
    const counts: Counted[] = [];
    const reached = new Map<string, Reached>();
    for (const { readId, options } of requests) {
      await options.also?.(tx);
      const read = reads.get(readId) as ReadRow;
      await stageGone(tx, read, options.gone ?? []);
      read.malformed += options.malformed ?? 0;
      const counted = { rows: read.rows, malformed: read.malformed };
      reached.set(readId, {
        read_id: readId,
        seen: counted.rows,
        malformed: counted.malformed,
        progress:
          options.progress === undefined
            ? reached.get(readId)?.progress ?? null
            : JSON.stringify(options.progress),
      });
      counts.push(counted);
    }
    await noteReached(tx, [...reached.values()]);
    return counts;
  });
}

/** How far a read has come; without `progress`, its reader is where it was. */
interface Reached {
  read_id: string;
  seen: number;
  malformed: number;
  progress: string | null;
}

const REACHED = {
  read_id: 'text',
  seen: 'integer',
  malformed: 'integer',
  progress: 'text',
} as const;

async function noteReached(
  tx: Knex.Transaction,
  reads: Reached[],
): Promise<void> {
  const { sql, bindings } = rowsOf(tx, 'reached', REACHED, reads);
  await tx.raw(
    `update history_reads set rows = reached.seen, malformed = reached.malformed,
       progress = coalesce(reached.progress, history_reads.progress)
     from ${sql} where history_reads.id = reached.read_id`,
    bindings,
  );
}
