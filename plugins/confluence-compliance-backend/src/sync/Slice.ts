// SPDX-License-Identifier: Apache-2.0
import { LoggerService } from '@backstage/backend-plugin-api';
import { QuotaExceededError } from '@confluence-compliance/atlassian-client';
import type {
  Purpose,
  Reason,
  RunDataset,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Duration } from 'luxon';
import type { ComplianceConfig } from '../config';
import { type Connections, LostSliceError } from '../connections';
import {
  type History,
  type PublishOutcome,
  StaleStagingError,
} from '../history';
import { PAUSE_MS, pagesReadTo, planOf, RETRY_MS, waitUntil } from './plan';
import { publishRun, restartStale } from './publish';
import { readPlan } from './readers';
import { isRefusal, reasonOf } from './reasons';
import { reportOf } from './report';
import { RunContext, SliceOverError } from './RunContext';
import type { RunStore, SyncRun } from './RunStore';
import type { WorkStore } from './WorkStore';

/** How many slices in a row may fail before their run does. */
const MAX_SETBACKS = 20;

/** How often the requests of a run are counted while it goes on. */
const COUNT_EVERY_MS = 2_000;
const MAX_STALE = 3;
/** Containers read at the same time; the client decides what is sent at once. */
const CONCURRENCY = 16;

export interface SliceParts {
  config: ComplianceConfig;
  /** Labels whose pages are read whole. */
  labels(): Promise<string[]>;
  connections: Connections;
  history: History;
  runs: RunStore;
  work: WorkStore;
  logger: LoggerService;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Told of every run that ended, and of what it read. */
  onEnded(connection: string, report: readonly RunDataset[]): Promise<void>;
  onPublished(connection: string, outcome: PublishOutcome): Promise<void>;
}

/** A short piece of work on one connection: goes on with its run, or begins one that is due. */
export class Slice {
  readonly #parts: SliceParts;
  readonly #connection: string;
  readonly #signal: AbortSignal;
  readonly #ends: number;
  readonly #scopes = new Map<Purpose | undefined, Promise<string>>();

  constructor(parts: SliceParts, connection: string, signal: AbortSignal) {
    this.#parts = parts;
    this.#connection = connection;
    this.#signal = signal;
    const { slice } = parts.config.schedule;
    this.#ends = parts.now() + Duration.fromObject(slice).toMillis();
  }

  /**
   * Works until nothing is due, the time is up or the signal aborts. Returns at
   * once when another slice works on the connection.
   *
   * @returns whether there was nothing to do
   * @throws what stopped the run, after it was recorded
   */
  async run(): Promise<boolean> {
    const { connections, config, now } = this.#parts;
    const { states } = connections;
    const timeout = Duration.fromObject(config.schedule.timeout).toMillis();
    const token = await states.takeSlice(
      this.#connection,
      now(),
      now() + timeout,
    );
    if (token === undefined) {
      return false;
    }
    try {
      for (let runs = 0; !this.#isOver(); runs += 1) {
        const run = await this.#activeRun();
        if (!run) {
          return runs === 0;
        }
        if (!(await this.#work(run, token))) {
          break;
        }
      }
      return false;
    } finally {
      await states.releaseSlice(this.#connection, token);
    }
  }

  #isOver(): boolean {
    return this.#signal.aborted || this.#parts.now() >= this.#ends;
  }

  /** Whether there may be more to do after this run. */
  async #work(run: SyncRun, token: string): Promise<boolean> {
    const { connections, runs } = this.#parts;
    const before = connections.usage(this.#connection);
    const countUsage = async () => {
      const after = connections.usage(this.#connection);
      const since = {
        requests: after.requests - before.requests,
        points: after.points - before.points,
      };
      Object.assign(before, after);
      await runs.addUsage(run.id, since);
    };
    // Whoever watches the run sees its requests while it goes on.
    const counting = setInterval(() => {
      countUsage().catch(() => {});
    }, COUNT_EVERY_MS);
    counting.unref();
    const { version } = connections.get(this.#connection);
    try {
      const context = await this.#contextOf(run, token);
      const outcome = await this.#finish(run, context, countUsage);
      const { report = [] } = (await runs.get(run.id)) ?? {};
      await this.#parts.onEnded(this.#connection, report);
      await this.#parts.onPublished(this.#connection, outcome);
      return true;
    } catch (error) {
      if (error instanceof LostSliceError) {
        return false;
      }
      await countUsage();
      if (this.#signal.aborted || error instanceof SliceOverError) {
        return false;
      }
      await connections.reload();
      if (connections.get(this.#connection).version !== version) {
        // Its credential was replaced meanwhile: the next slice uses the new one.
        return false;
      }
      await this.#recordFailure(run, error);
      return false;
    } finally {
      clearInterval(counting);
    }
  }

  /** The run to work on; undefined when none is due or the active one is paused. */
  async #activeRun(): Promise<SyncRun | undefined> {
    const { connections, labels, runs, now } = this.#parts;
    const id = this.#connection;
    const active = await runs.active(id);
    if (active?.state === 'paused') {
      if (waitUntil(active.resumeAt, PAUSE_MS, now()) > now()) {
        return undefined;
      }
      await runs.resume(active.id);
    }
    if (active) {
      return active;
    }
    const state = await connections.states.get(id);
    const plan = planOf(
      connections.get(id),
      await labels(),
      state,
      now(),
      connections.readsOrganization(id) !== undefined,
    );
    if (!plan) {
      return undefined;
    }
    const runId = await connections.knex.transaction(async tx => {
      await connections.states.update(tx, id, { syncRequestedAt: null });
      return runs.create(tx, {
        connection: id,
        trigger: state.syncRequestedAt ? 'manual' : 'schedule',
        startedAt: new Date(now()).toISOString(),
        plan,
      });
    });
    return runs.get(runId);
  }

  async #contextOf(run: SyncRun, token: string): Promise<RunContext> {
    const { connections, history, runs, work, logger } = this.#parts;
    const id = this.#connection;
    const state = await connections.states.get(id);
    await connections.prepare(id);
    await this.#noteCloudId();
    const organization = connections.readsOrganization(id);
    return new RunContext({
      runId: run.id,
      connection: id,
      plan: run.plan,
      savePlan: plan => runs.savePlan(run.id, plan),
      history,
      work,
      logger,
      head: await history.head(),
      pagesWatermark: pagesReadTo(state, this.#parts.now()),
      audit: state.audit,
      signal: this.#signal,
      isOver: () => this.#isOver(),
      fence: tx => connections.states.assertSlice(tx, id, token),
      clientFor: purpose => connections.clientFor(id, purpose),
      scopeOf: purpose => this.#scopeOf(purpose),
      organization:
        organization === undefined
          ? undefined
          : {
              source: organization,
              client: connections.organizationOf(id),
            },
      concurrency: CONCURRENCY,
    });
  }

  /** Asked once for a slice: every container needs it. */
  #scopeOf(purpose?: Purpose): Promise<string> {
    const known = this.#scopes.get(purpose);
    if (known) {
      return known;
    }
    const { connections } = this.#parts;
    const scope = connections.scopeOf(this.#connection, purpose, this.#signal);
    this.#scopes.set(purpose, scope);
    scope.catch(() => this.#scopes.delete(purpose));
    return scope;
  }

  /** Without it nobody knows which product of the organization is this site; reading goes on. */
  async #noteCloudId(): Promise<void> {
    const { connections, logger } = this.#parts;
    await connections
      .noteCloudId(this.#connection, this.#signal)
      .catch(error => {
        this.#signal.throwIfAborted();
        logger.debug(
          `The cloud id of connection '${
            this.#connection
          }' is not known: ${error}`,
        );
      });
  }

  async #finish(
    run: SyncRun,
    context: RunContext,
    countUsage: () => Promise<void>,
  ): Promise<PublishOutcome> {
    const { connections, runs, work, now } = this.#parts;
    for (let attempt = 1; ; attempt += 1) {
      await readPlan(context);
      await countUsage();
      try {
        return await publishRun(context, run, {
          connections,
          runs,
          work,
          now: new Date(now()).toISOString(),
        });
      } catch (error) {
        if (!(error instanceof StaleStagingError) || attempt >= MAX_STALE) {
          throw error;
        }
        await restartStale(context, error);
      }
    }
  }

  /** Pauses, fails or counts; what is not a pause is thrown on. */
  async #recordFailure(run: SyncRun, error: unknown): Promise<void> {
    const { connections, runs, logger, now } = this.#parts;
    const reason = reasonOf(error);
    if (error instanceof QuotaExceededError) {
      const resumeAt = error.resumeAt.toISOString();
      logger.info(
        `Sync of connection '${this.#connection}' pauses until ${resumeAt}`,
      );
      await runs.pause(run.id, resumeAt, reason);
      return;
    }
    await runs.setBack(run.id);
    const ends = isRefusal(error) || run.setbacks + 1 >= MAX_SETBACKS;
    if (ends) {
      await this.#fail(run, reason);
    }
    const at = new Date(now()).toISOString();
    await connections.states.update(connections.knex, this.#connection, {
      lastError: { ...reason, at },
      ...(ends && { retryAt: new Date(now() + RETRY_MS).toISOString() }),
    });
    throw error;
  }

  /** A failed run leaves nothing behind; what was published before it stands. */
  async #fail(run: SyncRun, reason: Reason) {
    const { connections, history, runs, work, now } = this.#parts;
    const report = reportOf(run.plan, await history.readsOf(run.id));
    await runs.end(connections.knex, run.id, {
      state: 'failed',
      finishedAt: new Date(now()).toISOString(),
      report,
      reason,
    });
    await history.discardRun(run.id);
    await work.clear(connections.knex, run.id);
    await this.#parts.onEnded(this.#connection, report);
  }
}
