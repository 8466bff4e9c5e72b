// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { Definitions, definitionOf } from './definitions';
import { isPostgres, query } from './engine';
import type { ReadRow } from './reads';

/** Below this many staged rows any plan is quick. */
const MANY_ROWS = 1_000;

/**
 * Tells PostgreSQL how much a run has staged and how much stands. Staging fills and empties faster
 * than the server looks by itself, and a plan made for empty tables compares every row with every other.
 * Outside any transaction, since it would hold its locks to the end of it.
 */
export async function refreshStatistics(
  knex: Knex,
  definitions: Definitions,
  runId: string,
): Promise<void> {
  if (!isPostgres(knex)) {
    return;
  }
  const staged = await knex<ReadRow>('history_reads')
    .where({ run_id: runId })
    .whereNull('published_at')
    .groupBy('dataset')
    .select('dataset')
    .sum({ staged: 'rows' });
  const rows = staged.reduce((sum, found) => sum + Number(found.staged), 0);
  if (rows < MANY_ROWS) {
    return;
  }
  const tables = staged.map(
    ({ dataset }) => definitionOf(definitions, dataset).table,
  );
  await analyze(knex, [
    'history_staged',
    'history_reads',
    // What has changed of the others since, their writers have looked at.
    ...(await neverAnalyzed(knex, tables)),
  ]);
}

async function neverAnalyzed(knex: Knex, tables: string[]): Promise<string[]> {
  const found = await query<{ name: string }>(
    knex,
    `select relname as name from pg_class where relname = any(?)
     and reltuples < 0 and relnamespace = current_schema()::regnamespace`,
    [tables],
  );
  return found.map(({ name }) => name);
}

/**
 * The same of what a publish has just written, for the questions that follow in its transaction.
 * The caller holds the clock: whoever else would analyze in a transaction waits for that before.
 */
export async function refreshWritten(
  tx: Knex.Transaction,
  tables: string[],
  rows: number,
): Promise<void> {
  if (isPostgres(tx) && rows >= MANY_ROWS) {
    await analyze(tx, ['history_delta', ...tables]);
  }
}

async function analyze(knex: Knex, tables: string[]): Promise<void> {
  for (const table of tables) {
    await knex.raw('analyze ??', [table]);
  }
}
