// SPDX-License-Identifier: Apache-2.0
import type { CheckResult } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { AttestationRow } from './AttestationRows';
import { isOver } from './describe';

/** What the newest attestations of a check say of connections; nothing where none stands. */
export async function* attestedResults(
  newest: AttestationRow[],
  connections: string[],
  now: Date,
): AsyncIterable<CheckResult> {
  for (const row of newest) {
    const { connection, answer } = row;
    if (connections.includes(connection) && !isOver(row, now)) {
      yield {
        connection,
        subjectId: connection,
        about: { resource: `site:${connection}` },
        // Somebody's word needs nothing that is read.
        requires: [],
        ...(answer === 'yes'
          ? { verdict: 'pass', reason: 'attested-met' }
          : { verdict: 'fail', reason: 'attested-not-met' }),
        facts: {
          attestation: row.id,
          attestedBy: row.attested_by,
          attestedAt: row.attested_at,
        },
      };
    }
  }
}
