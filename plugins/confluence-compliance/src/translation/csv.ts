// SPDX-License-Identifier: Apache-2.0

/** Words of the files that lists are downloaded as. */
export const csvMessages = {
  button: 'CSV',
  label: 'Download {{name}} as CSV',
  failed: 'No file was made: {{message}}',
  incomplete: 'Not complete. {{gap}}',
  past: 'What had been read completely at this date is not known.',
  unseen:
    'Whether everything was read is not known: that needs the permission to see connections.',
  file: {
    name: '{{name}} {{site}} {{day}} revision {{revision}}',
    incomplete: '{{name}} {{site}} {{day}} revision {{revision}} not complete',
    accessOf: 'access of {{name}}',
    accessTo: 'access to {{name}}',
    membersOf: 'members of {{name}}',
  },
  everySite: 'all sites',
  origin: {
    site: 'Site',
    siteUnseen:
      'All sites that are connected; their names need the permission to see connections.',
    made: 'Downloaded',
    asOf: 'As of',
    now: 'Now',
    revision: 'Revision',
    filters: 'Filters',
  },
  yes: 'Yes',
  no: 'No',
  perhaps: 'Perhaps',
  accountsOnly: 'Differs by account: see the accounts in it',
  none: 'None',
  noRole: 'Not by a role',
  rolesUnread: 'Not all roles could be read.',
  nameless: 'Atlassian gave no name.',
  column: {
    accountId: 'Account id',
    email: 'Email',
    linked: 'Linked by',
    personName: 'Name of the person',
    listed: 'Listed',
    groupId: 'Group id',
    key: 'Key',
    kind: 'Kind',
    id: 'Id',
    operations: 'Operations',
    role: 'Role',
    effective: 'Effective',
    unknownVerdicts: 'Unknown verdicts',
    excepted: 'Excepted findings',
  },
  kind: {
    account: 'Account',
    group: 'Group',
    'access-class': 'Access class',
  },
} as const;
