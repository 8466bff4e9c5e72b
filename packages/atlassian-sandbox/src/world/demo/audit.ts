// SPDX-License-Identifier: Apache-2.0

/** A thing that a record is about: an account or group by short name, a space by key, anything else as it is. */
export interface DemoSubject {
  type: 'User' | 'Group' | 'Space' | 'Page' | 'Application';
  name: string;
}

interface DemoAuditRecord {
  daysAgo: number;
  author: string;
  category: string;
  summary: string;
  affected: DemoSubject;
  associated?: readonly DemoSubject[];
  /** What changed: name, value before, value after. */
  changed?: readonly [string, string, string][];
  sysAdmin?: boolean;
}

const user = (name: string): DemoSubject => ({ type: 'User', name });
const group = (name: string): DemoSubject => ({ type: 'Group', name });
const space = (name: string): DemoSubject => ({ type: 'Space', name });
const page = (name: string): DemoSubject => ({ type: 'Page', name });

const PEOPLE = 'Users and groups';
const PERMISSIONS = 'Permissions';

/** What the audit log of Northwind tells, the newest first. */
export const DEMO_AUDIT: readonly DemoAuditRecord[] = [
  {
    daysAgo: 2,
    author: 'bram.okafor',
    category: PEOPLE,
    summary: 'User added to group',
    affected: group('finance-lower'),
    associated: [user('soren.malik')],
  },
  {
    daysAgo: 9,
    author: 'farid.castellan',
    category: PERMISSIONS,
    summary: 'Content restriction added',
    affected: page('Incident contact list'),
    associated: [space('POL'), group('security')],
    changed: [['Type', '', 'View']],
  },
  {
    daysAgo: 17,
    author: 'ulrich.bonney',
    category: 'Import/Export',
    summary: 'Space exported',
    affected: space('ENG'),
    changed: [['Export format', '', 'XML']],
  },
  {
    daysAgo: 18,
    author: 'ulrich.bonney',
    category: PERMISSIONS,
    summary: 'Space permission added',
    affected: space('ENG'),
    associated: [user('ulrich.bonney')],
    changed: [['Type', '', 'Space administrator']],
  },
  {
    daysAgo: 31,
    author: 'farid.castellan',
    category: 'Pages',
    summary: 'Page moved to trash',
    affected: page('Bring Your Own Device Policy'),
    associated: [space('POL')],
  },
  {
    daysAgo: 44,
    author: 'bram.okafor',
    category: PEOPLE,
    summary: 'User deactivated',
    affected: user('victor.amsel'),
    changed: [['Active', 'Yes', 'No']],
  },
  {
    daysAgo: 60,
    author: 'bram.okafor',
    category: PEOPLE,
    summary: 'User added to group',
    affected: group('admins'),
    associated: [user('ulrich.bonney')],
  },
  {
    daysAgo: 75,
    author: 'greta.oyelaran',
    category: PERMISSIONS,
    summary: 'Space permission added',
    affected: space('ENG'),
    associated: [user('tamsin.vega')],
    changed: [['Type', '', 'View space']],
  },
  {
    daysAgo: 76,
    author: 'bram.okafor',
    category: PEOPLE,
    summary: 'User added to group',
    affected: group('engineering'),
    associated: [user('tamsin.vega')],
  },
  {
    daysAgo: 120,
    author: 'bram.okafor',
    category: PERMISSIONS,
    summary: 'Anonymous access enabled',
    affected: space('HELP'),
    changed: [['Type', '', 'View space']],
  },
  {
    daysAgo: 150,
    author: 'bram.okafor',
    category: 'Applications',
    summary: 'App installed',
    affected: { type: 'Application', name: 'Release Notes Bot' },
    sysAdmin: true,
  },
  {
    daysAgo: 210,
    author: 'dmitri.halloran',
    category: 'Spaces',
    summary: 'Space archived',
    affected: space('ATLAS'),
    changed: [['Status', 'Current', 'Archived']],
  },
  {
    daysAgo: 230,
    author: 'bram.okafor',
    category: PEOPLE,
    summary: 'Group created',
    affected: group('empty'),
  },
  {
    daysAgo: 260,
    author: 'bram.okafor',
    category: PERMISSIONS,
    summary: 'Global permission added',
    affected: group('guests'),
    changed: [['Type', '', 'Can use as a guest']],
  },
];
