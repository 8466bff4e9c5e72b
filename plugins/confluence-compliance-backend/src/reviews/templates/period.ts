// SPDX-License-Identifier: Apache-2.0
import type { ReviewCadence } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { DateTime, Duration } from 'luxon';
import { REVIEW_EVERY } from '../../config';

/** One period of a template: the review of it is made once. */
export interface Period {
  /** `2026-10` for months of the calendar, `2026-10-31` for when a critical system is due. */
  key: string;
  /** When its review is made. */
  at: Date;
  /** When its review is due, if that is later than the days it gets. */
  dueAt?: Date;
}

/** Where the critical system of a template stands: `gone` where there is none any more. */
export type SystemDue = 'gone' | { dueAt?: string };

const ANCHOR_YEAR = 2000;

/**
 * The period that is to be reviewed at a moment; it may begin later. Months are counted from January
 * 2000, so that quarters and halves are those of the year. Undefined where a critical system has no due
 * date; one that is gone counts as due every half year, so that somebody is told.
 */
export function periodAt(
  cadence: ReviewCadence,
  dueInDays: number,
  system: SystemDue | undefined,
  now: Date,
): Period | undefined {
  if (cadence !== 'system') {
    return monthsAt(cadence.months, now);
  }
  if (system === undefined || system === 'gone') {
    return monthsAt(Duration.fromISO(REVIEW_EVERY).as('months'), now);
  }
  if (system.dueAt === undefined) {
    return undefined;
  }
  const due = DateTime.fromISO(system.dueAt, { zone: 'utc' });
  return {
    key: due.toFormat('yyyy-MM-dd'),
    at: due.minus({ days: dueInDays }).toJSDate(),
    dueAt: due.toJSDate(),
  };
}

/** The period of months after this one. */
export function monthsAfter(months: number, now: Date): Period {
  return monthsAt(months, now, 1);
}

function monthsAt(months: number, now: Date, later = 0): Period {
  const { year, month } = DateTime.fromJSDate(now, { zone: 'utc' });
  const since = (year - ANCHOR_YEAR) * 12 + month - 1;
  const start = DateTime.utc(ANCHOR_YEAR).plus({
    months: (Math.floor(since / months) + later) * months,
  });
  return { key: start.toFormat('yyyy-MM'), at: start.toJSDate() };
}

/** When a review that is made at a moment is due: at the end of a day in UTC. */
export function dueAtOf(
  { dueAt }: Period,
  dueInDays: number,
  now: Date,
): string {
  const usual = DateTime.fromJSDate(now, { zone: 'utc' })
    .plus({ days: dueInDays })
    .endOf('day')
    .toJSDate();
  return (dueAt && dueAt > usual ? dueAt : usual).toISOString();
}
