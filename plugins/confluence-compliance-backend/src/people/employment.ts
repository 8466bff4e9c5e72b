// SPDX-License-Identifier: Apache-2.0
import { DateTime } from 'luxon';
import type { PersonPayload } from '../history';

/** How long somebody must be gone from the source before that is called missing. */
const MISSING_AFTER_HOURS = 24;

const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;

/** What a personnel source says of a person, before any rule is applied. */
export interface PersonFacts {
  /** The source says in so many words that the person has left. */
  departed: boolean;
  /** ISO dates or times */
  startDate: string | null;
  endDate: string | null;
  managerRef: string | null;
  /** One of our words, such as `contractor`. */
  employmentType: string | null;
  accountIds: string[];
}

/** A date or time in its canonical ISO form; undefined when it is neither. */
export function parseDate(value: string): string | undefined {
  const text = value.trim();
  const parsed = DateTime.fromISO(text, { zone: 'utc' });
  if (!parsed.isValid || !/^\d{4}-\d{2}-\d{2}/.test(text)) {
    return undefined;
  }
  return (DATE_ONLY.test(text) ? parsed.toISODate() : parsed.toISO()) as string;
}

/**
 * The moment an end date is over. A bare date is the last day of work, so it is over when the next
 * day begins in UTC; a time is exact.
 */
export function endOf(endDate: string): DateTime<true> {
  const parsed = DateTime.fromISO(endDate, { zone: 'utc' }) as DateTime<true>;
  return DATE_ONLY.test(endDate) ? parsed.plus({ days: 1 }) : parsed;
}

/** Whether the end date has passed and no later start date has begun. */
function hasEnded(
  { startDate, endDate }: Pick<PersonFacts, 'startDate' | 'endDate'>,
  now: DateTime,
): boolean {
  if (!endDate || endOf(endDate) > now) {
    return false;
  }
  const restarted =
    startDate !== null &&
    startDate > endDate &&
    DateTime.fromISO(startDate, { zone: 'utc' }) <= now;
  return !restarted;
}

/** A person the source still has. Being back in the source ends any absence. */
export function whenPresent(facts: PersonFacts, now: DateTime): PersonPayload {
  const { departed, ...rest } = facts;
  return {
    ...rest,
    status: departed || hasEnded(facts, now) ? 'departed' : 'employed',
    absentSince: null,
  };
}

/**
 * A person whom a complete read did not find. The first such read only notes the time; a later one
 * calls the person missing once 24 hours have passed. Only an end date, a status or somebody's word
 * makes it a departure.
 */
export function whenAbsent(known: PersonPayload, now: DateTime): PersonPayload {
  if (known.status === 'departed' || hasEnded(known, now)) {
    return {
      ...known,
      status: 'departed',
      absentSince: known.absentSince ?? iso(now),
    };
  }
  if (known.absentSince === null) {
    return { ...known, absentSince: iso(now) };
  }
  const absent = now.diff(DateTime.fromISO(known.absentSince), 'hours').hours;
  return absent >= MISSING_AFTER_HOURS
    ? { ...known, status: 'missing' }
    : known;
}

function iso(time: DateTime): string {
  return time.toUTC().toISO() as string;
}
