// SPDX-License-Identifier: Apache-2.0

/** Who owns a review, and whose rows went to whom. */
export const peopleMessages = {
  owner: {
    button: 'Change owner',
    title: 'Change the owner',
    text: 'The owner answers for the review and signs it off.',
    to: 'New owner',
    same: 'Choose somebody else than {{owner}}.',
    why: 'Why',
  },
  handOn: {
    button: 'Reassign rows',
    buttonOf: 'Reassign rows of {{who}}',
    title: 'Reassign rows of {{who}}',
    to: 'To',
    same: 'Choose somebody else than {{who}}.',
    missing: 'Choose which rows first',
    which: 'Which rows',
    open_one: '{{n}} open row',
    open_other: '{{n}} open rows',
    openText: 'What is decided stays as it is.',
    all_one: '{{n}} row, with what is decided',
    all_other: 'All {{n}} rows, with what is decided',
    allText_one:
      '{{n}} of them is decided: that is undone, and decided again. The history keeps it.',
    allText_other:
      '{{n}} of them are decided: that is undone, and decided again. The history keeps it.',
    revoked: 'What is revoked waits for its removal and stays.',
    why: 'Why',
    submit: 'Reassign rows',
    handed: 'Reassigned: {{n}}.',
    about_one:
      '{{n}} row stays, since it is about {{who}}: choose somebody else for it.',
    about_other:
      '{{n}} rows stay, since they are about {{who}}: choose somebody else for them.',
    waits_one: '{{n}} row stays: it is revoked and waits for its removal.',
    waits_other:
      '{{n}} rows stay: they are revoked and wait for their removal.',
    other_one: '{{n}} row stays: {{reason}}',
    other_other: '{{n}} rows stay: {{reason}}',
  },
  changes: {
    title: 'History',
    owner: '{{who}} made {{to}} the owner, in place of {{from}}',
    handOn_one: '{{who}} reassigned {{n}} row of {{from}} to {{to}}',
    handOn_other: '{{who}} reassigned {{n}} rows of {{from}} to {{to}}',
    undone_one: '{{n}} had been decided',
    undone_other: '{{n}} had been decided',
  },
} as const;
