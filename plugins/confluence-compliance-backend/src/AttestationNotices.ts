// SPDX-License-Identifier: Apache-2.0
import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { EXPIRING_SOON_DAYS } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { DateTime } from 'luxon';
import type { AttestationRow, AttestationRows } from './checks';
import { inTime } from './inTime';

const TASK = 'tell-expiring-attestations';
const LINK = '/confluence-compliance/checks/';

export interface AttestationNoticesOptions {
  rows: Pick<AttestationRows, 'tellOnce' | 'takeBack'>;
  notifications: Pick<NotificationService, 'send'>;
  scheduler: SchedulerService;
  logger: LoggerService;
  now?: () => Date;
}

/** Tells whoever attested a check that it has to be attested again soon. */
export class AttestationNotices {
  readonly #options: AttestationNoticesOptions;

  constructor(options: AttestationNoticesOptions) {
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

  /** Each attestation is told of once, and again after the notification service has failed. */
  async send(signal?: AbortSignal): Promise<void> {
    const { rows, logger, now = () => new Date() } = this.#options;
    const at = now();
    const soon = DateTime.fromJSDate(at).plus({ days: EXPIRING_SOON_DAYS });
    const due = await rows.tellOnce(
      at.toISOString(),
      soon.toJSDate().toISOString(),
    );
    for (const row of due) {
      try {
        signal?.throwIfAborted();
        await this.#tell(row);
      } catch (error) {
        await rows.takeBack(row.id);
        logger.warn(
          `Nobody could be told that the attestation ${row.id} expires soon`,
          error instanceof Error ? error : undefined,
        );
      }
    }
  }

  async #tell(row: AttestationRow): Promise<void> {
    const end = Date.parse(row.until as string);
    const last = new Date(end - 1).toISOString().slice(0, 10);
    const sent = this.#options.notifications.send({
      recipients: { type: 'entity', entityRef: row.attested_by },
      payload: {
        title: 'An attestation expires soon',
        description: `Its last day is ${last}, of the check ${row.check_id}. The check is unknown after that: look again, then attest it again.`,
        severity: 'normal',
        link: `${LINK}${encodeURIComponent(row.check_id)}`,
        topic: 'confluence-compliance.attestation',
        scope: `confluence-compliance:attestation:${row.id}`,
      },
    });
    await inTime(sent);
  }
}
