// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import type { Revision } from '../history';
import type { Gap } from './completeness';
import { RunRecords } from './RunRecords';

/** The last run of a check. Times are ISO 8601 in UTC. */
export interface CheckRun {
  checkId: string;
  state: 'waiting' | 'running' | 'published' | 'failed';
  requestedAt?: string;
  startedAt?: string;
  finishedAt?: string;
  /** The run that may publish. */
  runId?: string;
  /** Why the last run failed. */
  reason?: string;
  /** The revision that the last published run judged. */
  revision?: Revision;
  /** What the last published run could not judge, and why. */
  gaps: Gap[];
  /** Connections that the last published run judged; none where an older version of ours ran it. */
  connections: string[];
  /** How many subjects the last run has judged. */
  judged?: number;
  /** How many had a result before it. */
  expected?: number;
}

interface Row {
  check_id: string;
  state: CheckRun['state'];
  requested_at: string | null;
  started_at: string | null;
  finished_at: string | null;
  run_id: string | null;
  reason: string | null;
  revision: number | null;
  gaps: string | null;
  connections: string | null;
  judged: number | null;
  expected: number | null;
}

const TABLE = 'check_runs';
const MAX_REASON = 500;

/** Keeps when each check ran and what came of it. */
export class CheckRunStore {
  readonly #knex: Knex;
  /** How runs ended that are not the last. */
  readonly records: RunRecords;

  constructor(knex: Knex) {
    this.#knex = knex;
    this.records = new RunRecords(knex);
  }

  /** The last runs by check id; a check that never ran has none. */
  async list(): Promise<Map<string, CheckRun>> {
    const rows = await this.#knex<Row>(TABLE).select();
    return new Map(rows.map(row => [row.check_id, toRun(row)]));
  }

  /** Notes that checks are to run again, whatever they are doing now. */
  async request(checkIds: string[], now: Date): Promise<void> {
    if (checkIds.length === 0) {
      return;
    }
    await this.#knex<Row>(TABLE)
      .insert(
        checkIds.map(checkId => ({
          check_id: checkId,
          state: 'waiting' as const,
          requested_at: now.toISOString(),
        })),
      )
      .onConflict('check_id')
      .merge(['requested_at']);
  }

  /**
   * Starts a run: from here only this one may publish. Returns the run it takes over from, and when the
   * check was last asked for.
   */
  async begin(
    checkId: string,
    runId: string,
    now: Date,
  ): Promise<{ abandoned?: string; requestedAt?: string }> {
    return this.#knex.transaction(async tx => {
      const before = await tx<Row>(TABLE)
        .where({ check_id: checkId })
        .forUpdate()
        .first();
      await tx<Row>(TABLE)
        .insert({
          check_id: checkId,
          state: 'running',
          started_at: now.toISOString(),
          run_id: runId,
          judged: null,
          expected: null,
        })
        .onConflict('check_id')
        .merge(['state', 'started_at', 'run_id', 'judged', 'expected']);
      return {
        ...(before?.state === 'running' &&
          before.run_id && { abandoned: before.run_id }),
        requestedAt: before?.requested_at ?? undefined,
      };
    });
  }

  /** Throws a ConflictError when another run has taken over. */
  async fence(
    tx: Knex.Transaction,
    checkId: string,
    runId: string,
  ): Promise<void> {
    const row = await tx<Row>(TABLE)
      .where({ check_id: checkId })
      .forUpdate()
      .first();
    if (row?.run_id !== runId) {
      throw new ConflictError(`Another run of the check ${checkId} took over`);
    }
  }

  /** Notes how far a run is. */
  async progress(
    checkId: string,
    runId: string,
    far: { judged: number; expected?: number },
  ): Promise<void> {
    await this.#knex<Row>(TABLE)
      .where({ check_id: checkId, run_id: runId, state: 'running' })
      .update({ judged: far.judged, expected: far.expected ?? null });
  }

  async published(
    tx: Knex,
    checkId: string,
    run: {
      runId: string;
      revision: Revision;
      gaps: Gap[];
      connections: string[];
      passedOver: string[];
      /** The revision of its results; absent where none has changed. */
      published?: Revision;
      now: Date;
    },
  ): Promise<void> {
    const { revision, gaps, connections, passedOver, published } = run;
    const record = { revision, connections, passedOver, gaps };
    await this.records.add(
      tx,
      checkId,
      { state: 'published', ...record },
      published,
    );
    await tx<Row>(TABLE)
      .where({ check_id: checkId, run_id: run.runId })
      .update({
        state: 'published',
        finished_at: run.now.toISOString(),
        reason: null,
        revision: run.revision,
        gaps: JSON.stringify(gaps),
        connections: JSON.stringify(connections),
      });
  }

  async failed(
    checkId: string,
    run: { runId: string; reason: string; now: Date },
  ): Promise<void> {
    const reason = run.reason.slice(0, MAX_REASON);
    const none = { connections: [], passedOver: [], gaps: [] };
    await this.#knex.transaction(async tx => {
      const updated = await tx<Row>(TABLE)
        .where({ check_id: checkId, run_id: run.runId })
        .update({
          state: 'failed',
          finished_at: run.now.toISOString(),
          reason,
        });
      if (updated > 0) {
        const record = { state: 'failed' as const, reason, ...none };
        await this.records.add(tx, checkId, record);
      }
    });
  }

  /** Puts back a run that was interrupted, so that the next one comes at once. */
  async interrupted(checkId: string, runId: string, now: Date): Promise<void> {
    await this.#knex<Row>(TABLE)
      .where({ check_id: checkId, run_id: runId })
      .update({ state: 'waiting', requested_at: now.toISOString() });
  }
}

function toRun(row: Row): CheckRun {
  return {
    checkId: row.check_id,
    state: row.state,
    requestedAt: row.requested_at ?? undefined,
    startedAt: row.started_at ?? undefined,
    finishedAt: row.finished_at ?? undefined,
    runId: row.run_id ?? undefined,
    reason: row.reason ?? undefined,
    revision: row.revision ?? undefined,
    judged: row.judged ?? undefined,
    expected: row.expected ?? undefined,
    gaps: row.gaps ? (JSON.parse(row.gaps) as Gap[]) : [],
    connections: row.connections ? JSON.parse(row.connections) : [],
  };
}
