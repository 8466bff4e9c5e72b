// SPDX-License-Identifier: Apache-2.0
import type {
  Attestation,
  CheckCounts,
  Verdict,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { AttestationRow } from './AttestationRows';

/** Whether a yes is over; a no is not until somebody attests otherwise. */
export function isOver({ until }: AttestationRow, now: Date): boolean {
  return until !== null && until <= now.toISOString();
}

/** An attestation as the contract has it. */
export function toAttestation(row: AttestationRow, now: Date): Attestation {
  const { until, note, evidence } = row;
  const stands = isOver(row, now) ? 'expired' : 'stands';
  return {
    id: row.id,
    checkId: row.check_id,
    connection: row.connection,
    answer: row.answer,
    ...(until !== null && { until }),
    status: row.replaced_at === null ? stands : 'replaced',
    ...(note !== null && { note }),
    ...(evidence !== null && { evidence }),
    by: row.attested_by,
    at: row.attested_at,
  };
}

/** What the newest attestations of a check come to on the connections that are asked for. */
export function verdictOfAttested(
  newest: AttestationRow[],
  connections: string[],
  now: Date,
): { verdict: Verdict; code?: string; counts: CheckCounts } {
  const counts = {
    pass: 0,
    fail: 0,
    warning: 0,
    unknown: 0,
    'not-applicable': 0,
  };
  let anyOver = false;
  for (const connection of connections) {
    const row = newest.find(own => own.connection === connection);
    const over = row !== undefined && isOver(row, now);
    anyOver ||= over;
    if (!row || over) {
      counts.unknown += 1;
    } else {
      counts[row.answer === 'yes' ? 'pass' : 'fail'] += 1;
    }
  }
  if (counts.fail > 0) {
    return { verdict: 'fail', counts };
  }
  if (connections.length === 0 || counts.unknown > 0) {
    const code = anyOver ? 'attestation-expired' : 'attestation';
    return { verdict: 'unknown', code, counts };
  }
  return { verdict: 'pass', counts };
}
