// SPDX-License-Identifier: Apache-2.0

/** Reviews that recur, and what they are made of. */
export const recurringMessages = {
  recurring: {
    title: 'Recurring reviews',
    sub: 'Each is made by itself, once in every period.',
    what: 'recurring reviews',
    button: 'New recurring review',
    column: {
      review: 'Review',
      every: 'How often',
      next: 'Next',
      last: 'Last',
      action: 'Change',
    },
    every_one: 'Every month',
    every_other: 'Every {{n}} months',
    system: 'When the critical system is due',
    origin: {
      config: 'From config, read-only here',
      both: 'From config, which wins over the one of the portal',
      portal: 'Made in the portal',
    },
    makes: {
      draft: 'As a draft',
      draftText: 'Its owner is told, looks at it and starts it.',
      started: 'Started at once',
      startedText:
        'Reviewers are asked on the same day. Where something in scope was not read whole it stays a draft that says why.',
    },
    soon: 'Within minutes',
    noNext: 'Not planned',
    noNextText:
      'The review before is still open, or the critical system has no due date yet.',
    noLast: 'None yet',
    notStarted: 'Not started',
    more: 'More about {{title}}',
    edit: 'Edit',
    delete: {
      button: 'Delete',
      title: 'Delete {{title}}',
      text: 'No further review is made of it. Those that it made stay as they are.',
      both: 'The one of the config goes on; only the one of the portal, which has no effect, is deleted.',
    },
    empty: {
      title: 'No review recurs yet',
      text: 'A recurring review is made by itself, such as in every quarter or in time for when a critical system is due. Its owner is told, and nobody has to remember.',
    },
    form: {
      create: 'New recurring review',
      edit: 'Edit a recurring review',
      lead: 'Reviews that were made of it already stay as they are.',
      nameHint:
        'The period is added, such as Administrators 2026-10. Write no names of people.',
      when: 'When',
      every: 'How often',
      everyHint:
        'Counted from January, so that quarters are those of the year. The period that runs now has one, too: it is made within minutes.',
      systemHint:
        'Made in time: as many days before it is due as are given below.',
      days: 'Days to decide',
      daysHint: 'From when it is made; 1 to 365.',
      makes: 'How it is made',
      owner: 'Who answers for it',
      ownerHint: 'Is told of each review, starts drafts and signs off.',
      submit: 'Create',
      save: 'Save',
    },
    missing: 'There is no such recurring review',
    missingText: 'It was deleted, or the address is wrong.',
    fixed: 'This one stands in the config',
    fixedText:
      'It is changed in confluenceCompliance.reviews.templates, where its id is {{id}}.',
  },
} as const;
