// SPDX-License-Identifier: Apache-2.0

/** Letting somebody else decide for a while. */
export const delegationMessages = {
  delegation: {
    title: 'Deciding for each other',
    sub: 'Whoever stands in sees and decides the rows of somebody else, but none about either of them.',
    none: 'You are away for a while? Somebody else can decide your rows until you are back. You keep yours, and the history says for whom each was decided.',
    button: 'Let somebody decide for me',
    given: '{{who}} decides for you',
    received: 'You decide for {{who}}',
    period: '{{from}} to {{until}}',
    state: {
      active: 'Now',
      planned: 'Planned',
      over: 'Over',
      ended: 'Ended early',
    },
    end: 'End',
    endOf: 'End, {{who}} decides for you',
    showOver: 'Show {{n}} that are over',
    to: 'Who decides for you',
    self: 'Choose somebody else than you.',
    from: 'From',
    fromHint: 'Empty: from now on.',
    until: 'Until',
    untilHint: 'The end of this day.',
    far: 'Until must be at most a year ahead.',
    order: 'Until must be today or later, and not before From.',
    why: 'Why',
    submit: 'Let them decide',
    endTitle: 'End it now?',
    endText:
      '{{who}} no longer sees or decides your rows. What they decided stays.',
    all: {
      title: 'Who decides for whom',
      sub: 'All delegations that are on or planned.',
      none: 'Nobody decides for somebody else.',
      one: '{{to}} decides for {{from}}',
      endOf: 'End, {{to}} decides for {{from}}',
      endText:
        '{{to}} no longer sees or decides the rows of {{from}}. What they decided stays.',
    },
  },
} as const;
