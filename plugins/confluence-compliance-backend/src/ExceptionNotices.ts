// SPDX-License-Identifier: Apache-2.0
import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { EXPIRING_SOON_DAYS } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { DateTime } from 'luxon';
import type { ExceptionRow, History } from './history';
import { inTime } from './inTime';

const TASK = 'tell-expiring-exceptions';
const LINK = '/confluence-compliance/checks/exceptions?tab=expiring';

export interface ExceptionNoticesOptions {
  history: { exceptions: Pick<History['exceptions'], 'tellOnce' | 'takeBack'> };
  notifications: Pick<NotificationService, 'send'>;
  scheduler: SchedulerService;
  logger: LoggerService;
  now?: () => Date;
}

/** Tells whoever asked for an exception, and whoever approved it, that it expires soon. */
export class ExceptionNotices {
  readonly #options: ExceptionNoticesOptions;

  constructor(options: ExceptionNoticesOptions) {
    this.#options = options;
  }

  /** Looks every hour, on one replica at a time. Nothing else waits for it. */
  async start(): Promise<void> {
    await this.#options.scheduler.scheduleTask({
      id: TASK,
      scope: 'global',
      frequency: { hours: 1 },
      timeout: { minutes: 10 },
      initialDelay: { minutes: 1 },
      fn: signal => this.send(signal),
    });
  }

  /** Each exception is told of once, and again after the notification service has failed. */
  async send(signal?: AbortSignal): Promise<void> {
    const { history, logger, now = () => new Date() } = this.#options;
    const at = now();
    const soon = DateTime.fromJSDate(at).plus({ days: EXPIRING_SOON_DAYS });
    const rows = await history.exceptions.tellOnce(
      at.toISOString(),
      soon.toJSDate().toISOString(),
    );
    for (const row of rows) {
      try {
        signal?.throwIfAborted();
        await this.#tell(row);
      } catch (error) {
        await history.exceptions.takeBack(row.id);
        logger.warn(
          `Nobody could be told that the exception ${row.id} expires soon`,
          error instanceof Error ? error : undefined,
        );
      }
    }
  }

  async #tell(row: ExceptionRow): Promise<void> {
    const people = [row.requested_by, row.decided_by].flatMap(ref => ref ?? []);
    const last = new Date(Date.parse(row.until) - 1).toISOString().slice(0, 10);
    const sent = this.#options.notifications.send({
      recipients: { type: 'entity', entityRef: [...new Set(people)] },
      payload: {
        title: 'An exception expires soon',
        description: `Its last day is ${last}, of the check ${row.check_id}. The finding is open again after that: put it right, or ask for another exception.`,
        severity: 'normal',
        link: LINK,
        topic: 'confluence-compliance.exception',
        scope: `confluence-compliance:exception:${row.id}`,
      },
    });
    await inTime(sent);
  }
}
