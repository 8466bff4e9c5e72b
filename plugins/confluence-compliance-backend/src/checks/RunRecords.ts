// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';
import { databaseTime, type Revision, timeOfRevision } from '../history';
import type { CheckRun } from './CheckRunStore';
import type { Gap } from './completeness';

const TABLE = 'check_run_records';

/** How a run ended. Results are kept by the history: this is what they do not say. */
export interface RunRecord {
  state: 'published' | 'failed';
  /** Why it failed. */
  reason?: string;
  /** The revision that it judged. */
  revision?: Revision;
  /** Connections that it judged. */
  connections: string[];
  /** Connections that were there and had nothing for it to judge. */
  passedOver: string[];
  /** What it could not judge, and why. */
  gaps: Gap[];
}

/** A run of the past, as it was known at a moment. */
export type PastRun = CheckRun & Pick<RunRecord, 'connections' | 'passedOver'>;

interface Row {
  check_id: string;
  since: string;
  state: RunRecord['state'];
  reason: string | null;
  revision: number | null;
  said: string;
}

/** How the runs of each check ended, one row for each change. */
export class RunRecords {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Keeps how a run ended, unless the one before ended in the same way. */
  async add(
    tx: Knex,
    checkId: string,
    record: RunRecord,
    /** The revision that its results were published in; absent where nothing changed. */
    published?: Revision,
  ): Promise<void> {
    const { state, reason = null, revision = null, ...said } = record;
    const text = JSON.stringify(said);
    const last = await this.#newest(tx, checkId).first();
    if (last?.state === state && last.reason === reason && last.said === text) {
      return;
    }
    // Whoever asks for the time of a revision sees its results, and what they lack.
    const since =
      published === undefined
        ? await databaseTime(tx)
        : await timeOfRevision(tx, published);
    await tx<Row>(TABLE).insert({
      check_id: checkId,
      since,
      state,
      reason,
      revision,
      said: text,
    });
  }

  /** The last runs as they were known at an ISO time, by check id; one that had not run has none. */
  async at(checkIds: string[], moment: string): Promise<Map<string, PastRun>> {
    const runs = new Map<string, PastRun>();
    for (const checkId of checkIds) {
      const row = await this.#newest(this.#knex, checkId)
        .where('since', '<=', moment)
        .first();
      if (row) {
        runs.set(checkId, toRun(row));
      }
    }
    return runs;
  }

  /** ISO time of the first that is kept; undefined before any check ran. */
  async first(): Promise<string | undefined> {
    const row = await this.#knex<Row>(TABLE).orderBy('since').first('since');
    return row?.since;
  }

  /** Deletes what was over before an ISO time; how many. What stood then is kept. */
  async prune(before: string): Promise<number> {
    return this.#knex(TABLE)
      .where('since', '<', before)
      .whereExists(
        this.#knex(`${TABLE} as later`)
          .whereRaw(
            `later.check_id = ${TABLE}.check_id and later.id > ${TABLE}.id`,
          )
          .where('later.since', '<=', before),
      )
      .delete();
  }

  #newest(knex: Knex, checkId: string) {
    return knex<Row>(TABLE)
      .where({ check_id: checkId })
      .orderBy([
        { column: 'since', order: 'desc' },
        { column: 'id', order: 'desc' },
      ]);
  }
}

function toRun(row: Row): PastRun {
  const said: Pick<RunRecord, 'connections' | 'passedOver' | 'gaps'> =
    JSON.parse(row.said);
  return {
    checkId: row.check_id,
    state: row.state,
    finishedAt: row.since,
    reason: row.reason ?? undefined,
    revision: row.revision ?? undefined,
    ...said,
  };
}
