// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import { writeActivity } from './activity';
import { writeCredentialDetails } from './credentialDetails';
import { asClassed } from './decisions';
import { Definitions, definitionOf } from './definitions';
import { inTransaction } from './engine';
import { rowsOf } from './manyRows';
import {
  askFences,
  endReads,
  FinishRequest,
  lockUnfinished,
  ReadRow,
} from './reads';
import { SeenRow, writeGone, writeStaged } from './stagedRows';
import { Fence, FinishRead, ObservedRow, Read } from './types';

/** What goes into the same transaction as the rows. */
export interface StageOptions {
  /** Where the reader continues after these rows. */
  progress?: unknown;
  /** Records of this batch that could not be parsed. */
  malformed?: number;
  /** Keys of rows that stood and do not any more; only of a read of the difference. */
  gone?: string[];
  /** Asked once for all that share a transaction. */
  fence?: Fence;
  /** How the read ends with these rows, where what it has seen by then shows it. */
  finish?: (counted: Counted) => FinishRead | undefined;
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

/** What a batch has come to. */
export interface StagedBatch extends Counted {
  /** The read, where it ended with the batch. */
  finished?: Read;
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
): Promise<StagedBatch[]> {
  return inTransaction(knex, async tx => {
    await askFences(
      tx,
      requests.map(({ options }) => options),
    );
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
    const batches: StagedBatch[] = [];
    const ending: Array<FinishRequest & { batch: StagedBatch }> = [];
    const reached = new Map<string, Reached>();
    for (const { readId, options } of requests) {
      await options.also?.(tx);
      const read = reads.get(readId) as ReadRow;
      await stageGone(tx, read, options.gone ?? []);
      read.malformed += options.malformed ?? 0;
      const batch = { rows: read.rows, malformed: read.malformed };
      if (options.progress !== undefined) {
        read.progress = JSON.stringify(options.progress);
      }
      reached.set(readId, {
        read_id: readId,
        seen: batch.rows,
        malformed: batch.malformed,
        progress: read.progress,
      });
      batches.push(batch);
      const finish = options.finish?.(batch);
      if (finish) {
        ending.push({ readId, finish, batch });
      }
    }
    await noteReached(tx, [...reached.values()]);
    if (ending.length > 0) {
      const ended = await endReads(tx, reads, ending);
      ending.forEach(({ batch }, place) => {
        batch.finished = ended[place];
      });
    }
    return batches;
  });
}

/** How far a read has come. */
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
       progress = reached.progress
     from ${sql} where history_reads.id = reached.read_id`,
    bindings,
  );
}
