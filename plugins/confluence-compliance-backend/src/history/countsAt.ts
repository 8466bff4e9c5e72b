// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { sha256 } from '../ledger';
import type { Revision } from './words';

/** What is remembered for a database; the oldest is forgotten first. Statements have rows. */
const MOST = { counts: 20_000, statements: 500 };

type Memories = Record<keyof typeof MOST, Map<string, unknown>>;

/** By configuration, which a client shares with its transactions. */
const memories = new WeakMap<object, Memories>();

function memoriesOf(knex: Knex): Memories {
  const database = knex.client.config;
  const known = memories.get(database) ?? {
    counts: new Map(),
    statements: new Map(),
  };
  memories.set(database, known);
  return known;
}

function forgetOldest(memory: Map<string, unknown>, most: number): void {
  for (const oldest of memory.keys()) {
    if (memory.size <= most) {
      return;
    }
    memory.delete(oldest);
  }
}

/**
 * What was counted for each of some ids of a connection. What stands at a revision does not change, so
 * that only those are counted of which it is not known.
 *
 * @param what - names the count; together with connection, id and revision it says all there is to ask
 * @param none - of ids that the count says nothing of
 */
export async function countedAt<T>(
  knex: Knex,
  {
    what,
    connection,
    revision,
    none,
  }: { what: string; connection: string; revision: Revision; none: T },
  ids: string[],
  count: (ids: string[]) => Promise<Map<string, T>>,
): Promise<Map<string, T>> {
  const memory = memoriesOf(knex).counts;
  const nameOf = (id: string) =>
    JSON.stringify([what, connection, revision, id]);
  const counts = new Map<string, T>();
  const uncounted = ids.filter(id => {
    const name = nameOf(id);
    if (memory.has(name)) {
      counts.set(id, memory.get(name) as T);
      return false;
    }
    return true;
  });
  if (uncounted.length > 0) {
    const found = await count(uncounted);
    for (const id of uncounted) {
      const value = found.get(id) ?? none;
      counts.set(id, value);
      memory.set(nameOf(id), value);
    }
  }
  forgetOldest(memory, MOST.counts);
  return counts;
}

/**
 * The rows of a statement about what stands at a revision: asked once for each. The statement names the
 * revision, or reads the head in a transaction that sees no other.
 */
export async function rowsAt<R>(
  knex: Knex,
  revision: Revision,
  select: Knex.QueryBuilder,
): Promise<R[]> {
  // Its text says all there is to ask.
  const { sql, bindings } = select.toSQL();
  const id = sha256(JSON.stringify([sql, bindings]));
  const memory = memoriesOf(knex).statements;
  const name = JSON.stringify([revision, id]);
  const rows = (memory.get(name) as R[] | undefined) ?? (await select);
  memory.set(name, rows);
  forgetOldest(memory, MOST.statements);
  return rows;
}

/** Has everything counted again: rows were deleted that stood. */
export function forgetCounts(knex: Knex): void {
  memories.delete(knex.client.config);
}
