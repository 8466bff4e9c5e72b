// SPDX-License-Identifier: Apache-2.0
import type { CheckCredential } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { DateTime } from 'luxon';

/** Atlassian lets a token of another status in; one of a word that nobody knows may be let in. */
const DEAD = ['blocked', 'revoked', 'expired'];

/** Whether its time is over, which is for good. */
export function isExpired(
  { expiresAt }: Pick<CheckCredential, 'expiresAt'>,
  now: DateTime,
): boolean {
  return expiresAt !== null && now > DateTime.fromISO(expiresAt);
}

/** Whether Atlassian refuses it, which can change. */
export function isBlocked({ status }: Pick<CheckCredential, 'status'>) {
  return DEAD.includes(status?.toLowerCase() ?? '');
}
