// SPDX-License-Identifier: Apache-2.0

export const scopeMessages = {
  connection: 'Connection',
  allConnections: 'All connections',
  now: 'Now',
  asOf: 'As of {{date}}',
  when: 'See what was known at the end of a day',
  revision: 'revision {{n}}',
  utc: 'A day means its end in UTC, so that a link shows everybody the same.',
  previousMonth: 'The month before',
  nextMonth: 'The month after',
  calendar: 'Day',
  past: 'As of {{date}}.',
  pastText: 'This is what was known then. Nothing can be changed here.',
  pastRevision: 'As of {{date}}, {{revision}}.',
  nothingKnown: 'Nothing was known yet as of {{date}}',
  nothingKnownText: 'Choose a later day, or return to now.',
  gone: 'As of {{date}}, nothing is kept any more',
  refused: 'This date cannot be shown',
  return: 'Return to now',
  showsNow: 'This page shows now, not {{date}}.',
} as const;
