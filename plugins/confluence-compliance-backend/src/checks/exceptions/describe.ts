// SPDX-License-Identifier: Apache-2.0
import type {
  Exception,
  ExceptionStatus,
  Finding,
  Severity,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ExceptionRow } from '../../history';

/** Where an exception was at a moment. */
export function statusAt(row: ExceptionRow, moment: string): ExceptionStatus {
  if (row.decision === 'rejected' || row.decision === 'withdrawn') {
    return row.decision;
  }
  if (row.ended_at !== null) {
    return 'ended';
  }
  if (row.decision === 'lapsed' || row.until <= moment) {
    return 'expired';
  }
  return row.decision === 'approved' ? 'live' : 'waiting';
}

/** An exception as the contract has it. */
export function toException(
  row: ExceptionRow,
  known: {
    moment: string;
    severity?: Severity;
    /** What its finding last was; absent where that is not kept any more. */
    finding?: Pick<Finding, 'subject' | 'account' | 'resource'>;
    blocked?: Exception['blocked'];
    mayWithdraw: boolean;
  },
): Exception {
  const { finding, moment } = known;
  return {
    id: row.id,
    status: statusAt(row, moment),
    finding: `${row.connection}|${row.result_key}`,
    checkId: row.check_id,
    severity: known.severity,
    verdict: row.verdict,
    subject: finding?.subject ?? {
      kind: row.subject_kind,
      connection: row.connection,
      id: row.subject_id,
    },
    account: finding?.account,
    resource: finding?.resource,
    request: {
      by: row.requested_by,
      at: row.requested_at,
      approver: row.approver ?? undefined,
      reason: row.reason ?? undefined,
      control: row.control ?? undefined,
    },
    decision: deedOf(row.decided_by, row.decided_at, row.decision_note),
    end: deedOf(row.ended_by, row.ended_at, row.end_note),
    until: row.until,
    blocked: known.blocked,
    mayWithdraw: known.mayWithdraw,
  };
}

function deedOf(by: string | null, at: string | null, note: string | null) {
  return by && at ? { by, at, note: note ?? undefined } : undefined;
}
