// SPDX-License-Identifier: Apache-2.0
import { Page } from './types';

const SUBJECTS = [
  'Orders',
  'Billing',
  'Search',
  'Delivery',
  'Payments',
  'Stock',
  'Returns',
  'Pricing',
  'Catalogue',
  'Support',
];
const KINDS = [
  'overview',
  'runbook',
  'meeting notes',
  'design',
  'plan',
  'retrospective',
  'how-to',
  'report',
];

/** The title of a page; a generated page's title follows from its id, so that a million need no memory. */
export function titleOf(page: Page): string {
  if (page.title !== undefined) return page.title;
  const subject = SUBJECTS[page.id % SUBJECTS.length];
  const kind = KINDS[Math.floor(page.id / SUBJECTS.length) % KINDS.length];
  return `${subject} ${kind} ${page.id}`;
}

/** ISO 8601 with milliseconds, as the site writes times. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
