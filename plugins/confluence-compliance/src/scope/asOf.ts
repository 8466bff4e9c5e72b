// SPDX-License-Identifier: Apache-2.0

const day = /^\d{4}-\d{2}-\d{2}$/;
const time = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
const revision = /^\d{1,15}$/;

/** A day, a time or a revision, as `?asOf=` may hold it. */
export function isAsOf(value: string): boolean {
  return (
    revision.test(value) ||
    ((day.test(value) || time.test(value)) && !Number.isNaN(Date.parse(value)))
  );
}

export function isDay(value: string): boolean {
  return day.test(value) && isAsOf(value);
}

/**
 * What the backend is asked for. A day means its end in UTC: a link then shows the same
 * to everybody, wherever they are, and agrees with the days of the trend.
 */
export function asOfTime(value: string): string {
  return day.test(value) ? `${value}T23:59:59.999Z` : value;
}
