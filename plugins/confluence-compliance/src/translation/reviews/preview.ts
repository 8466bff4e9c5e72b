// SPDX-License-Identifier: Apache-2.0

/** What a review would cover, and who decides how much of it. */
export const previewMessages = {
  preview: {
    title: 'What it would cover now',
    none: 'Choose what it covers, and it says here how much that is.',
    size_one: '{{n}} record',
    size_other: '{{n}} records',
    containers_one: 'in {{n}} group or space, as of revision {{revision}}.',
    containers_other:
      'in {{n}} groups and spaces, as of revision {{revision}}.',
    atMost:
      'They become at most as many rows: what somebody was granted in one space is one row, and what is narrowed inside groups and spaces leaves rows out. Who decides how many is known once rows are made.',
    gaps_one:
      '{{n}} of what is in scope was not read whole. The owner of the review has to accept that before the start.',
    gaps_other:
      '{{n}} of what is in scope were not read whole. The owner of the review has to accept each before the start.',
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
