// SPDX-License-Identifier: Apache-2.0

/** What a review would cover, and who decides how much of it. */
export const previewMessages = {
  preview: {
    title: 'What it would cover now',
    none: 'Choose what it covers, and it says here how much that is.',
    size_one: '{{n}} row',
    size_other: '{{n}} rows',
    people_one: '{{n}} person',
    people_other: '{{n}} people',
    containers_one: '{{n}} group or space',
    containers_other: '{{n}} groups and spaces',
    summary:
      '{{rows}} about {{people}}, in {{containers}}, as of revision {{revision}}.',
    summaryWithoutPeople:
      '{{rows}} in {{containers}}, as of revision {{revision}}.',
    exact:
      'A membership is one row, and so is all that somebody was granted in one space. Accounts of one person count as one.',
    gaps_one:
      '{{n}} of what is in scope was not read whole. The owner of the review has to accept that before the start.',
    gaps_other:
      '{{n}} of what is in scope were not read whole. The owner of the review has to accept them before the start.',
    reviewers: {
      title: 'Who would decide how many',
      none: 'Say who decides, and it says here how many rows each would get.',
      rows_one: '{{n}} row',
      rows_other: '{{n}} rows',
      more_one: '{{n}} more, with {{rows}} rows',
      more_other: '{{n}} more, with {{rows}} rows together',
      fallback_one:
        'Nobody else was found for {{n}} row: the fallback reviewer decides it, and the owner of the review where it is about them.',
      fallback_other:
        'Nobody else was found for {{n}} rows: the fallback reviewer decides them, and the owner of the review where they are about them.',
      nobody_one:
        'Nobody could decide {{n}} row, as it is about the only person left. Choose another fallback reviewer or owner.',
      nobody_other:
        'Nobody could decide {{n}} rows, as they are about the only people left. Choose another fallback reviewer or owner.',
    },
  },
  reviewers: {
    title: 'Reviewers',
    byRule_one: '{{n}} row was decided by the overdue rule, not by a reviewer',
    byRule_other:
      '{{n}} rows were decided by the overdue rule, not by a reviewer',
    decide: 'Who decides',
    rule: {
      named: 'whoever is named',
      manager: 'the manager of the person',
      'space-owner': 'the owner of the space',
      'group-owner': 'the owner of the group',
    },
  },
} as const;
