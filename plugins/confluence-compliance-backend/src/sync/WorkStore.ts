// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { rowsOf } from '../history';

/** What a run has found and still needs: in the database, so that any replica can go on. */
export type WorkKind = 'group' | 'space' | 'account' | 'labelled' | 'content';

export interface WorkItem<T = unknown> {
  key: string;
  data: T;
}

/** Items of one kind. */
export interface Work {
  kind: WorkKind;
  items: WorkItem[];
}

const TABLE = 'sync_work';

interface WorkRow {
  key: string;
  data: string | null;
}

/** The table `sync_work`. */
export class WorkStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Adds items; one that is there already stays as it is. */
  async add(
    knex: Knex,
    runId: string,
    kind: WorkKind,
    items: readonly WorkItem[],
  ): Promise<void> {
    if (items.length === 0) {
      return;
    }
    const { sql, bindings } = rowsOf(
      knex,
      'found',
      { key: 'text', data: 'text' },
      items.map(({ key, data }) => ({
        key,
        data: data === undefined ? null : JSON.stringify(data),
      })),
    );
    await knex.raw(
      `insert into ${TABLE} (run_id, kind, key, data)
       select cast(? as text), cast(? as text), key, data from ${sql} where true
       on conflict (run_id, kind, key) do nothing`,
      [runId, kind, ...bindings],
    );
  }

  /** Items in the order of their keys, behind `after`. */
  async list<T>(
    runId: string,
    kind: WorkKind,
    options: { after?: string; limit?: number } = {},
  ): Promise<WorkItem<T>[]> {
    const query = this.#knex(TABLE)
      .where({ run_id: runId, kind })
      .orderBy('key')
      .select('key', 'data');
    if (options.after !== undefined) {
      query.where('key', '>', options.after);
    }
    if (options.limit !== undefined) {
      query.limit(options.limit);
    }
    const rows: WorkRow[] = await query;
    return rows.map(({ key, data }) => ({
      key,
      data: (data === null ? undefined : JSON.parse(data)) as T,
    }));
  }

  async keys(runId: string, kind: WorkKind): Promise<Set<string>> {
    const rows: Pick<WorkRow, 'key'>[] = await this.#knex(TABLE)
      .where({ run_id: runId, kind })
      .select('key');
    return new Set(rows.map(row => row.key));
  }

  async clear(knex: Knex, runId: string): Promise<void> {
    await knex(TABLE).where({ run_id: runId }).delete();
  }
}
