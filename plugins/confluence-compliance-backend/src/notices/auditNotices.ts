// SPDX-License-Identifier: Apache-2.0
import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';

/** Ids that one event names. */
const MOST = 100;

/** A batch of notices that the backend has sent by itself. */
export interface SentNotices {
  /** Why they were sent, such as `remind-reviewers`. */
  kind: string;
  sent: number;
  /** How many could not be sent. */
  failed: number;
  /** Ids of what they are about; never to whom they went. */
  about: string[];
}

/** Writes one audit event for a batch; none where nothing was tried. Whatever goes wrong here, it was sent. */
export async function auditNotices(
  {
    auditor,
    logger,
  }: {
    /** Default: nothing is audited. */
    auditor?: AuditorService;
    logger: Pick<LoggerService, 'warn'>;
  },
  { kind, sent, failed, about }: SentNotices,
): Promise<void> {
  if (!auditor || sent + failed === 0) {
    return;
  }
  try {
    const ids = [...new Set(about)].slice(0, MOST);
    const event = await auditor.createEvent({
      eventId: 'notices-sent',
      severityLevel: 'low',
      meta: { kind, sent, failed, about: ids },
    });
    await (sent > 0
      ? event.success()
      : event.fail({ error: new Error('Nobody could be told') }));
  } catch (error) {
    logger.warn(
      `No audit event was written of notices: ${toError(error).message}`,
    );
  }
}
