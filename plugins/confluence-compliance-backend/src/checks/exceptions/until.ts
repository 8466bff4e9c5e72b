// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { DateTime } from 'luxon';

/**
 * When an exception or an attestation ends, as an ISO time in UTC: a day counts whole. An InputError for what has
 * passed or is more than `maxDays` ahead, which says with `orElse` what else could be done.
 */
export function endOf(
  until: string,
  now: Date,
  maxDays: number,
  orElse = '',
): string {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(until);
  const time = DateTime.fromISO(until, { zone: 'utc' });
  const end = isDay ? time.plus({ days: 1 }) : time;
  const today = DateTime.fromJSDate(now, { zone: 'utc' });
  if (!end.isValid || end <= today) {
    throw new InputError('until must be in the future: choose a later day');
  }
  const last = today.plus({ days: maxDays });
  const latest = isDay ? last.startOf('day').plus({ days: 1 }) : last;
  if (end > latest) {
    throw new InputError(
      `until must be within ${maxDays} days: choose ${last.toISODate()} or an earlier day${orElse}`,
    );
  }
  return end.toJSDate().toISOString();
}
