// SPDX-License-Identifier: Apache-2.0

/** Words of what changed over time, on the pages of accounts, groups and spaces. */
export const timelineMessages = {
  title: 'History',
  account: 'What changed for this account, newest first',
  group: 'What changed for this group, newest first',
  space: 'What changed for this space, newest first',
  shown: 'What is shown',
  all: 'All',
  access: 'Access',
  none: 'Nothing changed in what is shown.',
  revision: 'revision {{n}}',
  seen: {
    opened: 'Seen for the first time, or again',
    closed: 'Not seen any more',
  },
  changed: '{{name}} changed',
  fromTo: 'from {{from}} to {{to}}',
  field: {
    status: 'Status',
    class: 'Class',
    listed: 'Listed',
    name: 'Name',
    managedBy: 'Managed by',
    usageType: 'Used as',
    key: 'Key',
    type: 'Type',
  },
  yes: 'yes',
  no: 'no',
  nothing: 'nothing',
  other: 'Something else about it changed',
  link: {
    opened: 'Linked to a person',
    changed: 'Linked to another person, or in another way',
    closed: 'Not linked any more',
  },
  membership: {
    opened: 'Added to a group',
    changed: 'Membership changed',
    closed: 'Removed from a group',
    joined: 'Member added',
    left: 'Member removed',
  },
  grant: {
    opened: '{{level}} granted',
    changed: '{{before}} became {{after}}',
    same: 'Operations of {{level}} changed',
    byRole: '{{level}} now by the role {{role}}',
    noRole: '{{level}} now by no role',
    closed: '{{level}} ended',
  },
} as const;
