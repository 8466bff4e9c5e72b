// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { sha256 } from '../ledger';
import type { Revision } from './words';

/** Counts that are remembered for a database; the oldest are forgotten first. */
const MOST = 20_000;

/** By configuration, which a client shares with its transactions. */
const memories = new WeakMap<object, Map<string, unknown>>();

function memoryOf(knex: Knex): Map<string, unknown> {
  const database = knex.client.config;
  const known = memories.get(database) ?? new Map<string, unknown>();
  memories.set(database, known);
  return known;
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
  const memory = memoryOf(knex);
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
  for (const oldest of memory.keys()) {
    if (memory.size <= MOST) {
      break;
    }
    memory.delete(oldest);
  }
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
  const rows = await countedAt<R[]>(
    knex,
    { what: 'statement', connection: '', revision, none: [] },
    [id],
    async () => new Map([[id, await select]]),
  );
  return rows.get(id) ?? [];
}

/** Has everything counted again: rows were deleted that stood. */
export function forgetCounts(knex: Knex): void {
  memories.delete(knex.client.config);
}
