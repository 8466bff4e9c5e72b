// SPDX-License-Identifier: Apache-2.0

export const peopleMessages = {
  title: 'People',
  what: 'where people come from',
  link: 'People and their sources',
  sources: {
    title: 'Sources',
    sub: 'Who exists, and who is employed. Checks that rest on people are unknown while a source is not complete.',
    catalog: 'The catalog',
    source: 'Source',
    read: 'Last read',
    people: 'People',
    complete: 'Complete',
    never: 'Not read yet',
    stale: 'Last complete {{when}}',
    neverComplete: 'Never read completely',
    outcome: {
      complete: 'Complete',
      partial: 'Partial',
      'not-visible': 'Not visible',
      failed: 'Failed',
      'never-read': 'Not read yet',
    },
    none: 'No source is set up',
    noneText:
      'The key confluenceCompliance.people of the configuration names them.',
  },
  shrink: {
    word: 'Refused',
    text: '{{source}} has far fewer people than before. Nobody was taken for gone. {{reason}}',
    accept: 'Accept this change',
    acceptOf: 'Accept this change of {{source}}',
    dialog: 'Are so many people of {{source}} gone?',
    dialogText:
      'The source is read again, and whoever it has no more counts as gone. Their accounts become findings.',
    reason: 'Why this is right',
    reasonHint: 'Write no names: it is kept.',
    forbidden: 'Accepting it needs {{permission}}',
  },
  departures: {
    title: 'Departures to confirm',
    sub: 'No source has them any more. Until somebody says that they have left it is only a warning.',
    who: 'Who',
    since: 'Gone since',
    act: 'What to do',
    confirm: 'Confirm departure',
    confirmOf: 'Confirm the departure of {{name}}',
    dialog: 'Has {{name}} left?',
    dialogText:
      'Accounts that are still theirs become findings at the next run of the checks. Somebody whom a source has again is employed again.',
    none: 'Nobody is missing',
    noneText:
      'Whoever was seen once is still in a source, or has left by their end date.',
    uncertain:
      'A source is not complete, so that somebody may be missing who is not shown.',
    forbidden: 'Confirming needs {{permission}}',
  },
} as const;
