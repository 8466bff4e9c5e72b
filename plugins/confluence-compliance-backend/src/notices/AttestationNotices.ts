// SPDX-License-Identifier: Apache-2.0
import type { AttestationRow, AttestationRows } from '../checks';
import { expiringSoon } from './expiringSoon';
import {
  type Notice,
  type NoticesOptions,
  ScheduledNotices,
} from './ScheduledNotices';

const LINK = '/confluence-compliance/checks/';

export interface AttestationNoticesOptions extends NoticesOptions {
  rows: Pick<AttestationRows, 'tellOnce' | 'takeBack'>;
}

/** Tells whoever attested a check that it has to be attested again soon. */
export class AttestationNotices extends ScheduledNotices<AttestationRow> {
  constructor({ rows, ...options }: AttestationNoticesOptions) {
    super(
      {
        task: 'tell-expiring-attestations',
        every: { hours: 1 },
        due: now => rows.tellOnce(...expiringSoon(now)),
        giveBack: ({ id }) => rows.takeBack(id),
        noticeOf,
        about: ({ id }) => id,
        failed: ({ id }) =>
          `Nobody could be told that the attestation ${id} expires soon`,
      },
      options,
    );
  }
}

function noticeOf(row: AttestationRow): Notice {
  const end = Date.parse(row.until as string);
  const last = new Date(end - 1).toISOString().slice(0, 10);
  return {
    recipients: { type: 'entity', entityRef: row.attested_by },
    payload: {
      title: 'An attestation expires soon',
      description: `Its last day is ${last}, of the check ${row.check_id}. The check is unknown after that: look again, then attest it again.`,
      severity: 'normal',
      link: `${LINK}${encodeURIComponent(row.check_id)}`,
      topic: 'confluence-compliance.attestation',
      scope: `confluence-compliance:attestation:${row.id}`,
    },
  };
}
