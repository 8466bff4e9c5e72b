// SPDX-License-Identifier: Apache-2.0
import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  Connection,
  Run,
  RunDataset,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ComplianceConfig } from '../config';
import type { ConnectionDefinition, Connections } from '../connections';
import type { DatasetName, History } from '../history';
import { observeSync } from './metrics';
import { nextDue, PAUSE_MS, waitUntil } from './plan';
import { reportOf, toRun } from './report';
import { RunStore, type SyncRun } from './RunStore';
import { Slice } from './Slice';
import { datasetStates, requiredOf, verdictOf } from './status';
import { WorkStore } from './WorkStore';

export interface SyncOptions {
  config: ComplianceConfig;
  connections: Connections;
  history: History;
  scheduler: SchedulerService;
  logger: LoggerService;
  metrics?: MetricsService;
  /** Labels whose pages are read whole. Default those of the configuration. */
  labels?: () => Promise<string[]>;
  /** Called after each run that ended, with what it read. What it throws is logged. */
  onEnded?(connectionId: string, report: readonly RunDataset[]): Promise<void>;
  /** Called after each publish, also of one that changed nothing. What it throws is logged. */
  onPublished?(connectionId: string): void | Promise<void>;
  /** Called when a slice has found nothing to do. What it throws is logged. */
  onIdle?(): Promise<void>;
  /** Milliseconds since the epoch; for tests. */
  now?: () => number;
}

/** One page of the runs of a connection, newest first. */
export interface RunsPage {
  items: Run[];
  nextCursor?: string;
  totalItems: number;
}

/** What a connection looks like from its syncs. */
export type ConnectionStatus = Pick<
  Connection,
  | 'state'
  | 'reason'
  | 'greenTick'
  | 'syncRequested'
  | 'datasets'
  | 'activeRun'
  | 'lastRun'
  | 'nextRunAt'
>;

/** Reads the connections into the history, in short slices on the scheduler. */
export class Sync {
  readonly #options: SyncOptions;
  readonly #runs: RunStore;
  readonly #work: WorkStore;
  readonly #now: () => number;
  /** Connections whose task is registered in this process. */
  readonly #tasks = new Set<string>();

  static async create(options: SyncOptions): Promise<Sync> {
    return new Sync(options);
  }

  private constructor(options: SyncOptions) {
    this.#options = options;
    this.#runs = new RunStore(options.connections.knex);
    this.#work = new WorkStore(options.connections.knex);
    this.#now = options.now ?? Date.now;
    if (options.metrics) {
      observeSync({
        metrics: options.metrics,
        connections: options.connections,
        runs: this.#runs,
        incomplete: id => this.#incomplete(id),
        now: this.#now,
      });
    }
  }

  /** Makes each site a subject of the feed and registers one task per connection, now and later. */
  async start(): Promise<void> {
    const { connections } = this.#options;
    connections.onChange(() => this.#follow());
    await this.#follow();
  }

  async #follow(): Promise<void> {
    const { connections, history, scheduler, config } = this.#options;
    for (const { id, title } of connections.list()) {
      await history.touchSite(id, title);
      if (!this.#tasks.has(id)) {
        this.#tasks.add(id);
        try {
          await scheduler.scheduleTask({
            id: taskOf(id),
            frequency: config.schedule.every,
            timeout: config.schedule.timeout,
            scope: 'global',
            fn: signal => this.runSlice(id, signal),
          });
        } catch (error) {
          this.#tasks.delete(id);
          throw error;
        }
      }
    }
  }

  /**
   * One slice of work on a connection, as the scheduler calls it. Returns at
   * once when nothing is due or another slice works on it.
   */
  async runSlice(connectionId: string, signal: AbortSignal): Promise<void> {
    const { config, connections, history, logger } = this.#options;
    await connections.reload();
    const connection = connections.list().find(({ id }) => id === connectionId);
    if (!connection?.enabled) {
      return;
    }
    const slice = new Slice(
      {
        config,
        labels: () => this.#labels(),
        connections,
        history,
        runs: this.#runs,
        work: this.#work,
        logger,
        now: this.#now,
        onEnded: (id, report) => this.#tellEnded(id, report),
        onPublished: id => this.#tellPublished(id),
      },
      connectionId,
      signal,
    );
    if (await slice.run()) {
      await this.#tellIdle();
    }
  }

  /** Makes everything of a connection due now. A run that is on comes to its end first. */
  async requestSync(connectionId: string): Promise<void> {
    const { connections, scheduler } = this.#options;
    await connections.reload();
    const { begun, enabled, ended } = connections.get(connectionId);
    if (!begun || !enabled || ended) {
      throw new ConflictError(
        `The connection '${connectionId}' is not read: enable it first`,
      );
    }
    const at = new Date(this.#now()).toISOString();
    await connections.states.requestSync(connectionId, at);
    try {
      await scheduler.triggerTask(taskOf(connectionId));
    } catch (error) {
      // It is running, or its task is not registered yet: a slice finds the request soon.
      const names = ['ConflictError', 'NotFoundError'];
      if (!(error instanceof Error) || !names.includes(error.name)) {
        throw error;
      }
    }
  }

  /** Runs of a connection, newest first. InputError for a wrong cursor. */
  async runs(
    connectionId: string,
    { cursor, limit }: { cursor?: string; limit: number },
  ): Promise<RunsPage> {
    const { connections } = this.#options;
    await connections.reload();
    connections.get(connectionId);
    if (cursor !== undefined && !/^\d{1,15}$/.test(cursor)) {
      throw new InputError(
        'cursor must be the "nextCursor" of an earlier page',
      );
    }
    const found = await this.#runs.list(connectionId, {
      before: cursor === undefined ? undefined : Number(cursor),
      limit: limit + 1,
    });
    const items = found.slice(0, limit);
    return {
      items: await Promise.all(items.map(run => this.#toRun(run))),
      ...(found.length > limit && {
        nextCursor: String(items[items.length - 1].ordinal),
      }),
      totalItems: await this.#runs.count(connectionId),
    };
  }

  /** One run; a NotFoundError when there is none. */
  async run(id: string): Promise<Run> {
    return this.#toRun(await this.#get(id));
  }

  /** The run of a connection that has not ended. */
  async activeRun(connectionId: string): Promise<Run | undefined> {
    const run = await this.#runs.active(connectionId);
    return run && this.#toRun(run);
  }

  /** The newest run of a connection that ended. */
  async lastRun(connectionId: string): Promise<Run | undefined> {
    const run = await this.#runs.last(connectionId);
    return run && this.#toRun(run);
  }

  /** When the next run is due, or the paused one goes on; ISO 8601. */
  async nextRunAt(connectionId: string): Promise<string> {
    const { connections } = this.#options;
    const active = await this.#runs.active(connectionId);
    if (active) {
      const resumes = waitUntil(active.resumeAt, PAUSE_MS, this.#now());
      return new Date(Math.max(resumes, this.#now())).toISOString();
    }
    const state = await connections.state(connectionId);
    const next = state.syncRequestedAt
      ? 0
      : nextDue(
          connections.get(connectionId),
          await this.#labels(),
          state,
          this.#now(),
          connections.readsOrganization(connectionId) !== undefined,
        );
    return new Date(Math.max(next, this.#now())).toISOString();
  }

  /**
   * Carries out removals that were refused because too many vanished at once.
   * NotFoundError when the run refused no such read, ConflictError when it was
   * accepted before or its container was read again since.
   */
  async acceptShrink(
    runId: string,
    readId: string,
    actor: string,
    reason: string,
  ): Promise<Run> {
    const run = await this.#get(runId);
    const shrink = run.refused.find(refused => refused.readId === readId);
    if (!shrink) {
      throw new NotFoundError(`Run ${runId} refused nothing of read ${readId}`);
    }
    if (shrink.acceptedBy) {
      throw new ConflictError(`${shrink.acceptedBy} has accepted this already`);
    }
    await this.#options.history.acceptShrink({
      readId,
      actor,
      reason,
      record: tx => this.#runs.accepted(tx, runId, { readId, by: actor }),
    });
    await this.#tellPublished(run.connection);
    return this.run(runId);
  }

  /** State, datasets and green tick of a connection. */
  async connectionStatus(connectionId: string): Promise<ConnectionStatus> {
    const { connections, history } = this.#options;
    const connection = connections.get(connectionId);
    const state = await connections.state(connectionId);
    const activeRun = await this.activeRun(connectionId);
    const lastRun = await this.lastRun(connectionId);
    const published = await this.#runs.last(connectionId, ['published']);
    const datasets = await datasetStates({
      connection,
      labels: await this.#labels(),
      state,
      history,
      now: this.#now(),
    });
    return {
      ...verdictOf(
        datasets,
        { activeRun, lastRun },
        published !== undefined,
        state.lastError,
      ),
      syncRequested: state.syncRequestedAt !== undefined,
      datasets,
      activeRun,
      lastRun,
      nextRunAt: await this.nextRunAt(connectionId),
    };
  }

  /**
   * Ends whatever goes on with a connection; nothing of it is published any more. Safe to call again.
   *
   * @param forget - its runs go as well
   */
  async stop(connectionId: string, forget: boolean): Promise<void> {
    const { connections, history } = this.#options;
    await connections.states.stopSlice(connectionId);
    const run = await this.#runs.active(connectionId);
    if (run) {
      const report = reportOf(run.plan, await history.readsOf(run.id));
      await this.#runs.end(connections.knex, run.id, {
        state: 'failed',
        finishedAt: new Date(this.#now()).toISOString(),
        report,
        reason: { code: 'ended', text: 'The connection has ended' },
      });
      await history.discardRun(run.id);
      await this.#work.clear(connections.knex, run.id);
    }
    if (forget) {
      await this.#runs.forget(connectionId);
    }
  }

  /** The datasets that the purposes of a connection need whole. */
  async requiredDatasets(
    connection: ConnectionDefinition,
  ): Promise<Set<DatasetName>> {
    return requiredOf({ connection, labels: await this.#labels() });
  }

  async #labels(): Promise<string[]> {
    const { config, labels } = this.#options;
    return labels ? labels() : config.labels;
  }

  async #get(id: string): Promise<SyncRun> {
    const run = await this.#runs.get(id);
    if (!run) {
      throw new NotFoundError(`There is no sync run ${id}`);
    }
    return run;
  }

  async #toRun(run: SyncRun): Promise<Run> {
    return run.report
      ? toRun(run)
      : toRun(run, await this.#options.history.readsOf(run.id));
  }

  async #incomplete(connectionId: string): Promise<number> {
    const { datasets } = await this.connectionStatus(connectionId);
    return datasets.reduce(
      (sum, { containers }) => sum + containers.total - containers.complete,
      0,
    );
  }

  async #tellEnded(
    connectionId: string,
    report: readonly RunDataset[],
  ): Promise<void> {
    try {
      await this.#options.onEnded?.(connectionId, report);
    } catch (error) {
      this.#options.logger.warn(
        `What connection '${connectionId}' can read was not noted`,
        error instanceof Error ? error : undefined,
      );
    }
  }

  async #tellIdle(): Promise<void> {
    try {
      await this.#options.onIdle?.();
    } catch (error) {
      this.#options.logger.warn(
        'What is done when nothing is to be read has failed',
        error instanceof Error ? error : undefined,
      );
    }
  }

  async #tellPublished(connectionId: string): Promise<void> {
    try {
      await this.#options.onPublished?.(connectionId);
    } catch (error) {
      this.#options.logger.error(
        `What follows a publish of connection '${connectionId}' failed`,
        error instanceof Error ? error : undefined,
      );
    }
  }
}

function taskOf(connectionId: string): string {
  return `sync-${connectionId}`;
}
