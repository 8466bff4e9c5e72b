// SPDX-License-Identifier: Apache-2.0

/** Making a review, and its draft. */
export const draftMessages = {
  create: {
    button: 'New review',
    title: 'New review',
    lead: 'It starts as a draft: nobody is asked for anything before you start it.',
    name: 'Name',
    nameHint:
      'Such as Access review, fourth quarter. Write no names of people.',
    missing: {
      scope: 'Say what it covers first',
      reviewers: 'Say who reviews first',
      owner: 'Choose an owner first',
      when: 'Say when first',
    },
    covers: 'What it covers',
    site: 'Site',
    kinds: {
      connection: 'The whole site',
      connectionText: 'Every membership and every grant that was read.',
      system: 'One critical system',
      systemText:
        'A site whole, or who was granted what in a space with the members of those groups.',
      group: 'One group',
      groupText: 'Its members.',
      space: 'One space',
      spaceText: 'Who was granted what in it.',
    },
    only: 'Only',
    admins: 'What administers something',
    guests: 'Guests',
    changed:
      'What is not known to be unchanged since the last completed review',
    systemField: 'Critical system',
    noSystem:
      'Nothing of this site is marked as a critical system yet. Mark a space on its page.',
    systemsUnread: 'Critical systems cannot be read: {{message}}',
    namesUnread: 'Names cannot be looked up: {{message}}',
    groupField: 'Group',
    spaceField: 'Space',
    search: 'Type to search',
    before: 'Now {{name}}; type to choose another',
    reviewers: 'Who decides',
    rule: {
      named: 'One person',
      namedText: 'Somebody decides on all rows but those about themself.',
      manager: 'The manager of each person',
      managerText:
        'As the source of people says; the fallback reviewer decides where it names nobody.',
      'space-owner': 'The owner of each space',
      'space-ownerText':
        'Of what was granted in it, as named below; a critical system brings its own.',
      'group-owner': 'The owner of each group',
      'group-ownerText': 'Of who is in it, as named below.',
    },
    rulesHint:
      'Tried in the order you choose them: the first that finds somebody decides.',
    rulesNone: 'The fallback reviewer decides everything.',
    owners: {
      title: 'Owners',
      text: 'Confluence knows no owners. Name who answers for what; the rest goes on to whoever comes next.',
      one: '{{name}}: {{owner}}',
      group: 'Owner of the group',
      space: 'Owner of the space',
      add: 'Add owner',
      unadded:
        'This owner is not added yet: choose both and press Add owner, or clear the fields. Nothing is saved before.',
      remove: 'Remove the owner of {{name}}',
    },
    reviewer: 'Reviewer',
    fallback: 'Fallback reviewer',
    fallbackHint:
      'Decides what nobody else can, such as rows about the reviewer.',
    refWrong: 'Write a reference such as user:default/priya.raman.',
    due: 'Due',
    dueHint: 'The end of this day. Optional.',
    submit: 'Create draft',
    noSite: 'Connect a site first: a review covers what was read of one.',
  },
  draft: {
    gaps: 'What was not read whole',
    noGaps: 'Everything in scope was read whole.',
    gapsText_one:
      '{{n}} container was not read whole: what it holds may be missing from the review. Accept that, or let a sync read it first.',
    gapsText_other:
      '{{n}} containers were not read whole: what they hold may be missing from the review. Accept that, or let a sync read them first.',
    accept_one: 'Why the review starts without {{n}} container',
    accept_other: 'Why the review starts without {{n}} containers',
    acceptHint:
      'With a reason you accept everything in the list above as it is now. It stays with the review.',
    column: {
      what: 'What',
      why: 'Why it is not whole',
    },
    whole: 'the list itself',
    start: 'Start review',
    startHint: {
      ready: 'Starting pins the review to what is known now.',
      gaps: 'Say first why it starts with gaps.',
      owner: 'Only {{owner}} can accept gaps: the owner of the review.',
      empty: 'There is nothing to review in this scope.',
      permission: 'Starting needs {{permission}}.',
    },
    moreGaps: 'Show all {{n}}',
  },
} as const;
