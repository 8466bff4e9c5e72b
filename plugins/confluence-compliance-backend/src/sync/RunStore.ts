// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import type {
  Reason,
  Run,
  RunDataset,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { PublishOutcome } from '../history';
import type { Plan } from './plan';

export type RunState = Run['state'];

/** A row of `sync_runs`. Times are ISO 8601 in UTC. */
export interface SyncRun {
  /** Order of starting over all connections. */
  ordinal: number;
  id: string;
  connection: string;
  trigger: Run['trigger'];
  state: RunState;
  reason?: Reason;
  startedAt: string;
  finishedAt?: string;
  resumeAt?: string;
  revision?: number;
  opened: number;
  changed: number;
  removed: number;
  requests: number;
  points: number;
  /** Slices that failed in a row. */
  setbacks: number;
  plan: Plan;
  /** Its datasets, once it ended. */
  report?: RunDataset[];
  refused: Run['refused'];
}

interface RunRow {
  ordinal: number | string;
  id: string;
  connection: string;
  trigger: Run['trigger'];
  state: RunState;
  reason_code: string | null;
  reason_text: string | null;
  started_at: string;
  finished_at: string | null;
  resume_at: string | null;
  revision: number | null;
  opened: number;
  changed: number;
  removed: number;
  requests: number;
  points: number;
  setbacks: number;
  plan: string;
  report: string | null;
  refused: string | null;
}

const TABLE = 'sync_runs';

function toSyncRun(row: RunRow): SyncRun {
  return {
    ordinal: Number(row.ordinal),
    id: row.id,
    connection: row.connection,
    trigger: row.trigger,
    state: row.state,
    reason: row.reason_code
      ? { code: row.reason_code, text: row.reason_text ?? '' }
      : undefined,
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
    resumeAt: row.resume_at ?? undefined,
    revision: row.revision ?? undefined,
    opened: row.opened,
    changed: row.changed,
    removed: row.removed,
    requests: row.requests,
    points: row.points,
    setbacks: row.setbacks,
    plan: JSON.parse(row.plan),
    report: row.report ? JSON.parse(row.report) : undefined,
    refused: row.refused ? JSON.parse(row.refused) : [],
  };
}

/** The table `sync_runs`. */
export class RunStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async get(id: string): Promise<SyncRun | undefined> {
    return this.#first(query => query.where({ id }));
  }

  /** The run of a connection that has not ended. */
  async active(connection: string): Promise<SyncRun | undefined> {
    return this.#first(query =>
      query.where({ connection }).whereIn('state', ['running', 'paused']),
    );
  }

  /** The newest run that ended, or the newest published one. */
  async last(
    connection: string,
    states: RunState[] = ['published', 'failed'],
  ): Promise<SyncRun | undefined> {
    return this.#first(query =>
      query
        .where({ connection })
        .whereIn('state', states)
        .orderBy('ordinal', 'desc'),
    );
  }

  /** Newest first, those before `before`. */
  async list(
    connection: string,
    { before, limit }: { before?: number; limit: number },
  ): Promise<SyncRun[]> {
    const query = this.#knex<RunRow>(TABLE)
      .where({ connection })
      .orderBy('ordinal', 'desc')
      .limit(limit);
    if (before !== undefined) {
      query.where('ordinal', '<', before);
    }
    return (await query).map(toSyncRun);
  }

  async count(connection: string): Promise<number> {
    const [{ count }] = await this.#knex(TABLE)
      .where({ connection })
      .count({ count: '*' });
    return Number(count);
  }

  async create(
    tx: Knex,
    run: Pick<SyncRun, 'connection' | 'trigger' | 'startedAt' | 'plan'>,
  ): Promise<string> {
    const id = randomUUID();
    await tx(TABLE).insert({
      id,
      connection: run.connection,
      trigger: run.trigger,
      state: 'running',
      started_at: run.startedAt,
      setbacks: 0,
      plan: JSON.stringify(run.plan),
    });
    return id;
  }

  async savePlan(id: string, plan: Plan): Promise<void> {
    await this.#knex(TABLE)
      .where({ id })
      .update({ plan: JSON.stringify(plan) });
  }

  async addUsage(
    id: string,
    used: { requests: number; points: number },
  ): Promise<void> {
    await this.#knex(TABLE)
      .where({ id })
      .increment('requests', used.requests)
      .increment('points', used.points);
  }

  async setBack(id: string): Promise<void> {
    await this.#knex(TABLE).where({ id }).increment('setbacks', 1);
  }

  async pause(id: string, resumeAt: string, reason: Reason): Promise<void> {
    await this.#knex(TABLE).where({ id, state: 'running' }).update({
      state: 'paused',
      resume_at: resumeAt,
      reason_code: reason.code,
      reason_text: reason.text,
    });
  }

  async resume(id: string): Promise<void> {
    await this.#knex(TABLE).where({ id, state: 'paused' }).update({
      state: 'running',
      resume_at: null,
      reason_code: null,
      reason_text: null,
    });
  }

  async end(
    tx: Knex,
    id: string,
    end: {
      state: 'published' | 'failed';
      finishedAt: string;
      report: RunDataset[];
      reason?: Reason;
      outcome?: PublishOutcome;
    },
  ): Promise<void> {
    const { outcome, reason } = end;
    const refused = outcome?.refused.map(
      ({ readId, dataset, key, missing, of }) => ({
        readId,
        dataset,
        container: key,
        missing,
        of,
      }),
    );
    await tx(TABLE)
      .where({ id })
      .whereIn('state', ['running', 'paused'])
      .update({
        state: end.state,
        finished_at: end.finishedAt,
        resume_at: null,
        reason_code: reason?.code ?? null,
        reason_text: reason?.text ?? null,
        report: JSON.stringify(end.report),
        ...(outcome && {
          revision: outcome.revision ?? null,
          opened: outcome.opened,
          changed: outcome.changed,
          removed: outcome.removed,
          refused: JSON.stringify(refused),
        }),
      });
  }

  /** Notes who has accepted what was refused of one read; others of the run may be accepted meanwhile. */
  async accepted(
    tx: Knex.Transaction,
    id: string,
    { readId, by }: { readId: string; by: string },
  ): Promise<void> {
    const row = await tx<RunRow>(TABLE).where({ id }).forUpdate().first();
    const refused: Run['refused'] = JSON.parse(row?.refused ?? '[]');
    await tx(TABLE)
      .where({ id })
      .update({
        refused: JSON.stringify(
          refused.map(shrink =>
            shrink.readId === readId ? { ...shrink, acceptedBy: by } : shrink,
          ),
        ),
      });
  }

  /** Forgets every run of a connection. */
  async forget(connection: string): Promise<void> {
    await this.#knex(TABLE).where({ connection }).delete();
  }

  async #first(
    narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
  ): Promise<SyncRun | undefined> {
    const row = await narrow(this.#knex(TABLE)).first();
    return row && toSyncRun(row);
  }
}
