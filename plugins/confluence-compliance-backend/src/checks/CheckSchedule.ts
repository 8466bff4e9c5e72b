// SPDX-License-Identifier: Apache-2.0
import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { ConflictError, toError } from '@backstage/errors';
import type {
  CheckRun,
  RecheckAnswer,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ConfluenceCheck } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { Duration } from 'luxon';
import type { ComplianceConfig } from '../config';
import {
  checkOf,
  isRunnable,
  RegisteredCheck,
  runnableOf,
} from './CheckRegistry';
import type { Pass } from './CheckRunner';
import type { CheckRunStore } from './CheckRunStore';
import { describeRun, isRunning, nextRunAt } from './describeRun';
import type { FindingNotes } from './FindingNotes';

const TASK = 'run-checks';
const TIMEOUT = { minutes: 30 };
/** How long a run may take. */
export const TIMEOUT_MS = Duration.fromObject(TIMEOUT).toMillis();
/** How long after one look at a finding of a check the next one can be asked for. */
const RECHECK_MS = 30_000;

export interface CheckScheduleOptions {
  config: Pick<ComplianceConfig, 'schedule'>;
  checks: Map<string, RegisteredCheck>;
  store: Pick<CheckRunStore, 'list' | 'request'>;
  notes: Pick<FindingNotes, 'named'>;
  scheduler: SchedulerService;
  logger: LoggerService;
  now: () => Date;
  /** Runs one check, in a pass of several. */
  run: (checkId: string, signal: AbortSignal, pass: Pass) => Promise<unknown>;
}

/** When checks run: once their period is over, and when they are asked to. */
export class CheckSchedule {
  readonly #options: CheckScheduleOptions;
  /** When a look at a finding of each check was last asked for, in ms. */
  readonly #rechecked = new Map<string, number>();

  constructor(options: CheckScheduleOptions) {
    this.#options = options;
  }

  /**
   * Runs what is due, on one replica at a time. The task looks often and mostly finds nothing, so
   * that a request never waits for the whole period. Every check is due after a start: parameters may
   * have changed, or a crash may have come between a publish and its checks.
   */
  async start(): Promise<void> {
    const { config, scheduler, store, now } = this.#options;
    const all = this.#runnable().map(({ check }) => check.id);
    await store.request(all, now());
    await scheduler.scheduleTask({
      id: TASK,
      scope: 'global',
      frequency: config.schedule.every,
      timeout: TIMEOUT,
      initialDelay: { seconds: 10 },
      fn: signal => this.runDue(signal),
    });
  }

  /**
   * Runs the checks that were asked for or whose period is over. Throws at the end when one failed;
   * the others have run.
   */
  async runDue(signal: AbortSignal): Promise<void> {
    const runs = await this.#options.store.list();
    const now = this.#options.now().toISOString();
    const dead = this.#before(TIMEOUT_MS).toISOString();
    const due = this.#runnable().filter(({ check, every }) => {
      const run = runs.get(check.id);
      if (!run?.startedAt || (run.requestedAt ?? '') >= run.startedAt) {
        return true;
      }
      return run.state === 'running'
        ? run.startedAt <= dead
        : nextRunAt(run.startedAt, every) <= now;
    });
    await this.#runEach(due, signal);
  }

  /**
   * Asks for a run and answers it; where one goes on already, that one, and asks for no other. A
   * NotFoundError when there is no such check, a ConflictError when it cannot run.
   */
  async requestRun(checkId: string): Promise<CheckRun> {
    const { checks, store } = this.#options;
    const registered = checkOf(checks, checkId);
    if (!isRunnable(registered)) {
      throw new ConflictError(`The check ${checkId} cannot run yet`);
    }
    if (registered.check.state === 'attestation') {
      throw new ConflictError(
        `The check ${checkId} follows what people attest: attest it again`,
      );
    }
    const dead = this.#before(TIMEOUT_MS);
    const before = (await store.list()).get(checkId);
    if (before && isRunning(before, dead)) {
      return describeRun(before, dead);
    }
    await this.request([checkId]);
    const run = (await store.list()).get(checkId);
    return run ? describeRun(run, dead) : { state: 'waiting' };
  }

  /**
   * Asks for a new look at a finding: its whole check, which judges all its subjects at once, on what was
   * read last. A ConflictError when that was asked for a moment ago.
   */
  async recheck(findingId: string): Promise<RecheckAnswer> {
    const { notes } = this.#options;
    const [{ checkId }] = await notes.named('finding', [findingId]);
    const now = this.#options.now().getTime();
    const last = this.#rechecked.get(checkId);
    if (last !== undefined && now - last < RECHECK_MS) {
      throw new ConflictError(
        `The check ${checkId} was asked to look again a moment ago: ask again in half a minute`,
      );
    }
    await this.requestRun(checkId);
    this.#rechecked.set(checkId, now);
    return { check: checkId, scope: 'check' };
  }

  /** Asks for a run of every check, or of those that judge only where there is one of these. */
  async requestAll(where?: ConfluenceCheck['where']): Promise<void> {
    const checks = this.#runnable().map(({ check }) => check);
    // Documents are policies once they have a page.
    const wanted: ConfluenceCheck['where'][] =
      where === 'policies' ? ['policies', 'documents'] : [where];
    const asked = checks.filter(
      check => where === undefined || wanted.includes(check.where),
    );
    await this.request(asked.map(({ id }) => id));
  }

  /** Asks for runs of these checks, as soon as can be. */
  async request(checkIds: string[]): Promise<void> {
    const { store, scheduler, logger, now } = this.#options;
    await store.request(checkIds, now());
    try {
      await scheduler.triggerTask(TASK);
    } catch (error) {
      // A task that runs already, or does not yet, finds the request at its next turn.
      logger.debug(`Checks start a little later: ${toError(error).message}`);
    }
  }

  async #runEach(
    checks: RegisteredCheck[],
    signal: AbortSignal,
  ): Promise<void> {
    const failures: string[] = [];
    const pass: Pass = {};
    for (const { check } of checks) {
      signal.throwIfAborted();
      try {
        await this.#options.run(check.id, signal, pass);
      } catch (error) {
        signal.throwIfAborted();
        failures.push(`${check.id}: ${toError(error).message}`);
      }
    }
    if (failures.length > 0) {
      throw new Error(`Checks failed: ${failures.join('; ')}`);
    }
  }

  #runnable(): RegisteredCheck[] {
    return runnableOf(this.#options.checks);
  }

  #before(ms: number): Date {
    return new Date(this.#options.now().getTime() - ms);
  }
}
