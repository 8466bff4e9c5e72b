// SPDX-License-Identifier: Apache-2.0
import type { ExceptionRow, History } from '../history';
import { expiringSoon } from './expiringSoon';
import {
  type Notice,
  type NoticesOptions,
  ScheduledNotices,
} from './ScheduledNotices';

const LINK = '/confluence-compliance/checks/exceptions?tab=expiring';

export interface ExceptionNoticesOptions extends NoticesOptions {
  history: { exceptions: Pick<History['exceptions'], 'tellOnce' | 'takeBack'> };
}

/** Tells whoever asked for an exception, and whoever approved it, that it expires soon. */
export class ExceptionNotices extends ScheduledNotices<ExceptionRow> {
  constructor({ history, ...options }: ExceptionNoticesOptions) {
    const { exceptions } = history;
    super(
      {
        task: 'tell-expiring-exceptions',
        every: { hours: 1 },
        due: now => exceptions.tellOnce(...expiringSoon(now)),
        giveBack: ({ id }) => exceptions.takeBack(id),
        noticeOf,
        about: ({ id }) => id,
        failed: ({ id }) =>
          `Nobody could be told that the exception ${id} expires soon`,
      },
      options,
    );
  }
}

function noticeOf(row: ExceptionRow): Notice {
  const people = [row.requested_by, row.decided_by].flatMap(ref => ref ?? []);
  const last = new Date(Date.parse(row.until) - 1).toISOString().slice(0, 10);
  return {
    recipients: { type: 'entity', entityRef: [...new Set(people)] },
    payload: {
      title: 'An exception expires soon',
      description: `Its last day is ${last}, of the check ${row.check_id}. The finding is open again after that: put it right, or ask for another exception.`,
      severity: 'normal',
      link: LINK,
      topic: 'confluence-compliance.exception',
      scope: `confluence-compliance:exception:${row.id}`,
    },
  };
}
