// SPDX-License-Identifier: Apache-2.0
import { EXPIRING_SOON_DAYS } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { DateTime } from 'luxon';

/** From when until when what ends is said to expire soon; ISO times. */
export function expiringSoon(now: Date): [from: string, to: string] {
  const to = DateTime.fromJSDate(now).plus({ days: EXPIRING_SOON_DAYS });
  return [now.toISOString(), to.toJSDate().toISOString()];
}
