// SPDX-License-Identifier: Apache-2.0
import type {
  AuditorService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { HumanDuration } from '@backstage/types';
import { auditNotices } from './auditNotices';
import { inTime } from './inTime';

/** A notification as the notification service takes it. */
export type Notice = Parameters<NotificationService['send']>[0];

/** What tells of things needs. */
export interface NoticesOptions {
  notifications: Pick<NotificationService, 'send'>;
  scheduler: SchedulerService;
  logger: LoggerService;
  /** Default: nothing is audited. */
  auditor?: AuditorService;
  now?: () => Date;
}

/** What is told, and how it is remembered that it was. */
export interface Telling<T> {
  /** Id of the task. */
  task: string;
  every: HumanDuration;
  /** What is to be told now. */
  due: (now: Date) => Promise<T[]>;
  /** Claims one of these for this replica. Default: `due` has claimed them all. */
  take?: (one: T) => Promise<boolean>;
  /** Lets it be told again. */
  giveBack: (one: T) => Promise<void>;
  noticeOf: (one: T) => Notice;
  /** Id of what it is about. */
  about: (one: T) => string;
  /** What the log says when it could not be told. */
  failed: (one: T) => string;
}

/** Tells people of what is due: each thing once, and again after the notification service has failed. */
export abstract class ScheduledNotices<T> {
  readonly #telling: Telling<T>;
  readonly #options: NoticesOptions;

  protected constructor(telling: Telling<T>, options: NoticesOptions) {
    this.#telling = telling;
    this.#options = options;
  }

  /** Looks now and then, on one replica at a time. Nothing else waits for it. */
  async start(): Promise<void> {
    const { task, every } = this.#telling;
    await this.#options.scheduler.scheduleTask({
      id: task,
      scope: 'global',
      frequency: every,
      timeout: { minutes: 10 },
      initialDelay: { minutes: 1 },
      fn: signal => this.send(signal),
    });
  }

  async send(signal?: AbortSignal): Promise<void> {
    const { task, due, take, giveBack, noticeOf, about, failed } =
      this.#telling;
    const batch = { kind: task, sent: 0, failed: 0, about: [] as string[] };
    const { notifications, logger, now = () => new Date() } = this.#options;
    for (const one of await due(now())) {
      // What nobody has claimed yet can wait.
      if (take && (signal?.aborted || !(await take(one)))) {
        continue;
      }
      try {
        signal?.throwIfAborted();
        await inTime(notifications.send(noticeOf(one)));
        batch.sent += 1;
        batch.about.push(about(one));
      } catch (error) {
        batch.failed += 1;
        await giveBack(one);
        logger.warn(failed(one), error instanceof Error ? error : undefined);
      }
    }
    await auditNotices(this.#options, batch);
  }
}
