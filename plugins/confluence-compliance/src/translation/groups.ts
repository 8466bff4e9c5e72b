// SPDX-License-Identifier: Apache-2.0

export const groupsMessages = {
  title: 'Groups',
  what: 'groups',
  count_one: '{{n}} group',
  count_other: '{{n}} groups',
  search: 'Name or group id',
  column: {
    group: 'Group',
    members: 'Members',
    managedBy: 'Managed by',
    usage: 'Used as',
    entity: 'Catalog',
  },
  managedBy: {
    ADMINS: 'Admins',
    EXTERNAL: 'Identity provider',
    TEAM_MEMBERS: 'Its members',
    OPEN: 'Anybody',
  },
  usage: {
    USERBASE_GROUP: 'Group',
    TEAM_COLLABORATION: 'Team',
  },
  managedByUnknown: 'Confluence did not say who manages this group.',
  usageUnknown: 'Confluence did not say what this group is used for.',
  noEntity: 'No catalog page',
  empty: {
    title: 'No group yet',
    text: 'They appear after the first sync.',
    past: 'None was known then.',
  },
  filtered: {
    title: 'No group matches',
    text: 'Groups are hidden by {{filters}}.',
  },
  page: {
    what: 'this group',
    missing: {
      title: 'There is no such group',
      text: 'The connection {{connection}} has no group with the id {{id}}. If it is gone, choose an earlier date above to see what was known of it.',
      past: 'The connection {{connection}} knew no group with the id {{id}} then.',
    },
    about: {
      title: 'About',
      name: 'Name',
      members: 'Members',
      managedBy: 'Managed by',
      usage: 'Used as',
      findings: 'Members with findings',
      excepted: '{{n}} with excepted ones only',
      entity: 'Catalog',
      connection: 'Connection',
      id: 'Group id',
    },
    members: {
      title: 'Members',
      count_one: '{{n}} member',
      count_other: '{{n}} members',
      account: 'Account',
      class: 'Class',
      status: 'Status',
      none: 'Nobody is in this group',
      noneText: 'Its members were read completely.',
      unread: 'Who is in this group is not known',
    },
    findings: {
      title: 'Groups are not judged: their members are.',
      text_one:
        '{{n}} member has open findings. The column Findings under Members shows who.',
      text_other:
        '{{n}} members have open findings. The column Findings under Members shows who.',
    },
    access: {
      title: 'What it can do',
      count_one: 'Something is granted in {{n}} space',
      count_other: 'Something is granted in {{n}} spaces',
      can: 'Can',
      on: 'On',
      since: 'Seen since',
      none: 'Nothing is granted to this group',
      noneText: 'No permission that was read names it.',
      unread: 'What this group can do is not known',
    },
  },
} as const;
