// SPDX-License-Identifier: Apache-2.0
import type { ExceptableVerdict } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Revision } from '../words';

/** A row of `exceptions`. */
export interface ExceptionRow {
  ordinal: number | string;
  id: string;
  connection: string;
  /** Key of the result within its connection. */
  result_key: string;
  check_id: string;
  subject_kind: string;
  subject_id: string;
  account_id: string | null;
  verdict: ExceptableVerdict;
  requested_at: string;
  requested_by: string;
  approver: string | null;
  until: string;
  decided_at: string | null;
  decided_by: string | null;
  decision: 'approved' | 'rejected' | 'withdrawn' | 'lapsed' | null;
  ended_at: string | null;
  ended_by: string | null;
  opened: Revision | null;
  closed: Revision | null;
  told_at: string | null;
  salt: string | null;
  reason: string | null;
  control: string | null;
  decision_note: string | null;
  end_note: string | null;
}

/** The finding that an exception is asked for. */
export interface ExceptedFinding
  extends Pick<
    ExceptionRow,
    | 'connection'
    | 'result_key'
    | 'check_id'
    | 'subject_kind'
    | 'subject_id'
    | 'account_id'
    | 'verdict'
  > {}

/** What somebody asks for. Texts stand in the table only, never in the ledger. */
export interface ExceptionRequest {
  findings: ExceptedFinding[];
  /** A user ref. */
  actor: string;
  approver?: string;
  reason: string;
  control: string;
  /** ISO time in UTC. */
  until: string;
  now: string;
}

/** What somebody does to an exception. */
export interface ExceptionDeed {
  id: string;
  /** A user ref. */
  actor: string;
  note?: string;
  /** ISO time in UTC. */
  now: string;
}
