// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';
import { definitions } from '../../history/definitions';

const BATCH = 5_000;
const TABLES = Object.values(definitions).map(({ table }) => table);

/** Intervals of one dataset that a revision opened and closed. */
export interface Written {
  opened: number;
  closed: number;
}

/** The tables of the history as they stand in the database, past all the code that reads them. */
export class Tables {
  readonly #knex: Knex;
  /** Rows that answers have held by table, while they are counted. */
  #answered?: Map<string, number>;

  constructor(knex: Knex) {
    this.#knex = knex;
    knex.on('query-response', (response: unknown, { sql }: { sql: string }) => {
      if (this.#answered) {
        const [, table] = /^select .*? from .?(history_\w+)/s.exec(sql) ?? [];
        const rows = rowsOf(response);
        const before = this.#answered.get(table) ?? 0;
        this.#answered.set(table, before + rows.length);
      }
    });
  }

  /** The newest revision. */
  async head(): Promise<number> {
    const [{ head }] = await this.#knex('history_clock').select({
      head: 'revision',
    });
    return Number(head);
  }

  /** What was written after a revision, by dataset. */
  async writtenSince(revision: number): Promise<Record<string, Written>> {
    const written: Record<string, Written> = {};
    for (const { name, table } of Object.values(definitions)) {
      const count = async (column: string) => {
        const [{ rows }] = await this.#knex(table)
          .where(column, '>', revision)
          .count({ rows: '*' });
        return Number(rows);
      };
      written[name] = {
        opened: await count('opened'),
        closed: await count('closed'),
      };
    }
    return written;
  }

  /** Rows of each dataset that stand open. */
  async standing(): Promise<Record<string, number>> {
    const rows: Record<string, number> = {};
    for (const { name, table } of Object.values(definitions)) {
      const [{ count }] = await this.#knex(table)
        .whereNull('closed')
        .count({ count: '*' });
      rows[name] = Number(count);
    }
    return rows;
  }

  /** Counts from now on which rows answers hold. */
  watch(): void {
    this.#answered = new Map();
  }

  /** The tables of which every standing row was read since `watch`, which ends. */
  async readWhole(): Promise<string[]> {
    const answered = this.#answered ?? new Map<string, number>();
    this.#answered = undefined;
    const standing = await this.standing();
    return Object.values(definitions)
      .filter(({ name, table }) => {
        const rows = standing[name];
        return rows > 0 && (answered.get(table) ?? 0) >= rows;
      })
      .map(({ table }) => table);
  }

  /** Reads the standing rows of tables once, in batches. Milliseconds and rows. */
  async stream(tables: string[]): Promise<{ ms: number; rows: number }> {
    const begun = performance.now();
    let rows = 0;
    for (const table of tables.filter(name => TABLES.includes(name))) {
      for (let after: number | string = 0; ; ) {
        const batch: Array<{ row_id: number | string }> = await this.#knex(
          table,
        )
          .whereNull('closed')
          .where('row_id', '>', after)
          .orderBy('row_id')
          .limit(BATCH);
        rows += batch.length;
        if (batch.length < BATCH) {
          break;
        }
        after = batch[batch.length - 1].row_id;
      }
    }
    return { ms: performance.now() - begun, rows };
  }

  /** The position in the log of the database server; undefined where there is none. */
  async logPosition(): Promise<number | undefined> {
    if (this.#knex.client.config.client !== 'pg') {
      return undefined;
    }
    const { rows } = await this.#knex.raw(
      `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as bytes`,
    );
    return Number(rows[0].bytes);
  }
}

/** The rows of an answer, whichever driver gives it. */
function rowsOf(response: unknown): unknown[] {
  const { rows = response } = (response ?? {}) as { rows?: unknown };
  return Array.isArray(rows) ? rows : [];
}
