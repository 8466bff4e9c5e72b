// SPDX-License-Identifier: Apache-2.0
import type { PersonPayload } from '../history';

/**
 * A person of the catalog with what another source says of them. A departure that any source knows
 * counts; then that one misses them; what only one knows is taken from it.
 */
export function merged(
  own: PersonPayload,
  other: PersonPayload,
): PersonPayload {
  const [first, second] =
    other.status === 'departed' ? [other, own] : [own, other];
  const isDeparted = first.status === 'departed';
  const isMissing = [own, other].some(({ status }) => status === 'missing');
  const present = isMissing ? 'missing' : 'employed';
  return {
    status: isDeparted ? 'departed' : present,
    startDate: first.startDate ?? second.startDate,
    endDate: first.endDate ?? second.endDate,
    // Absent is only whom no source has.
    absentSince: other.absentSince && own.absentSince,
    managerRef: own.managerRef ?? other.managerRef,
    employmentType: own.employmentType ?? other.employmentType ?? null,
    accountIds: [...new Set([...own.accountIds, ...other.accountIds])].sort(),
  };
}
