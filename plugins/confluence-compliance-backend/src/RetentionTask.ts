// SPDX-License-Identifier: Apache-2.0
import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { DateTime, Duration } from 'luxon';
import type { ComplianceConfig } from './config';
import type { Retention, Revision } from './history';

const TASK = 'retention';

export interface RetentionTaskOptions {
  config: Pick<ComplianceConfig, 'retention'>;
  retention: Retention;
  /** The oldest revision that something still running is pinned to. */
  pinned?: () => Promise<Revision | undefined>;
  /** Lets go of how runs of checks ended before a time; how many. */
  forgetRuns?: (before: string) => Promise<number>;
  scheduler: SchedulerService;
  logger: LoggerService;
  now?: () => Date;
}

/** Lets go every day, on one replica, of what has been kept for long enough. */
export class RetentionTask {
  readonly #options: RetentionTaskOptions;

  constructor(options: RetentionTaskOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    await this.#options.scheduler.scheduleTask({
      id: TASK,
      scope: 'global',
      frequency: { days: 1 },
      timeout: { hours: 2 },
      fn: signal => this.run(signal),
    });
  }

  /** One turn; each part on its own, so that one that fails stops no other. Throws what failed last. */
  async run(signal?: AbortSignal): Promise<void> {
    const { config, retention, logger } = this.#options;
    const { history, profilesAfterGone, evidence } = config.retention;
    const parts: Array<() => Promise<string | undefined>> = [
      async () => {
        const goneBefore = this.#ago(profilesAfterGone);
        const count = await retention.forgetProfiles({ goneBefore, signal });
        return count > 0 ? `Forgot ${count} profiles` : undefined;
      },
      async () => {
        const before = this.#ago(history);
        const { rows, reads, oldest } = await retention.prune({
          before,
          spare: await this.#options.pinned?.(),
          signal,
        });
        return rows + reads > 0
          ? `Pruned ${rows} rows and ${reads} reads: the oldest revision is ${oldest}`
          : undefined;
      },
      async () => {
        const { forgetRuns = async () => 0 } = this.#options;
        const count = await forgetRuns(this.#ago(history));
        return count > 0 ? `Forgot ${count} runs of checks` : undefined;
      },
      async () => {
        const before = this.#ago(evidence);
        const count = await retention.eraseEvidence({ before, signal });
        return count > 0 ? `Erased ${count} entries of the ledger` : undefined;
      },
    ];
    let failure: Error | undefined;
    for (const part of parts) {
      signal?.throwIfAborted();
      try {
        const done = await part();
        if (done) {
          logger.info(done);
        }
      } catch (error) {
        signal?.throwIfAborted();
        failure = toError(error) as Error;
        logger.error('Letting go of what is old failed', failure);
      }
    }
    if (failure) {
      throw failure;
    }
  }

  /** ISO time in UTC, as the database writes it. */
  #ago(duration: string): string {
    const now = DateTime.fromJSDate(this.#options.now?.() ?? new Date());
    const then = now.minus(Duration.fromISO(duration)).toUTC().toISO();
    if (!then) {
      throw new Error(`No calendar goes back ${duration}`);
    }
    return then;
  }
}
