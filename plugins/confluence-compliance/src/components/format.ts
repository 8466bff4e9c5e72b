// SPDX-License-Identifier: Apache-2.0

const locale = 'en-GB';
const grouped = new Intl.NumberFormat(locale);
const dayMonth = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
});
const dayMonthYear = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const exact = new Intl.DateTimeFormat(locale, {
  dateStyle: 'long',
  timeStyle: 'long',
});

/** Thousands apart by a narrow no-break space: `18 430`. */
export function formatNumber(value: number): string {
  return grouped
    .formatToParts(value)
    .map(part => (part.type === 'group' ? '\u202f' : part.value))
    .join('');
}

/** `21 Nov`, with the year when it is not this one. */
export function formatDate(time: Date, now = new Date()): string {
  return time.getFullYear() === now.getFullYear()
    ? dayMonth.format(time)
    : dayMonthYear.format(time);
}

/** The whole time, for tooltips. */
export function formatExact(time: Date): string {
  return exact.format(time);
}

/** Floored, so that 1 200 of 1 201 is 99 % and never 100 %. */
export function floorPercent(part: number, total: number): number {
  return total === 0 ? 0 : Math.floor((part / total) * 100);
}
