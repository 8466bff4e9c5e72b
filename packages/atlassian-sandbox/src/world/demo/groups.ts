// SPDX-License-Identifier: Apache-2.0
import { Group } from '../types';
import { DEMO_ACCOUNTS } from './people';

interface DemoGroup {
  /** Stays when the group is renamed; the id follows from it. */
  slug: string;
  name: string;
  access?: Group['access'];
  managedBy?: Group['managedBy'];
  usageType?: Group['usageType'];
  members: readonly string[];
}

/** Every employee with a seat: all but the unlicensed office manager. */
const SEATS = DEMO_ACCOUNTS.filter(
  account => account.person && account.name !== 'wanda.ilesanmi',
).map(account => account.name);

const ENGINEERS = SEATS.filter(
  name =>
    DEMO_ACCOUNTS.find(a => a.name === name)?.person?.department ===
    'Engineering',
);

const LONG_NAME = `working-group-${'for-the-replacement-of-everything-'.repeat(
  8,
)}`.slice(0, 255);

/** The groups of Northwind; the awkward names are there on purpose. */
export const DEMO_GROUPS: readonly DemoGroup[] = [
  {
    slug: 'users',
    name: 'confluence-users-northwind',
    access: 'user',
    members: [...SEATS, 'release-notes-bot', 'confluence-compliance'],
  },
  {
    slug: 'admins',
    name: 'confluence-admins-northwind',
    access: 'admin',
    members: ['bram.okafor', 'ulrich.bonney'],
  },
  {
    slug: 'site-admins',
    name: 'site-admins',
    access: 'site-admin',
    members: ['bram.okafor'],
  },
  {
    slug: 'guests',
    name: 'confluence-guests-northwind',
    access: 'guest',
    members: ['zoe.karlsson'],
  },
  { slug: 'engineering', name: 'engineering', members: ENGINEERS },
  {
    slug: 'security',
    name: 'security-team',
    members: ['ada.lindqvist', 'esi.larsen', 'farid.castellan'],
  },
  {
    slug: 'people',
    name: 'people-team',
    members: ['ines.valcourt', 'rosa.lindgren'],
  },
  {
    slug: 'leadership',
    name: 'leadership',
    members: ['chiara.fontaine', 'dmitri.halloran', 'ada.lindqvist'],
  },
  {
    slug: 'finance-upper',
    name: 'Finance',
    members: ['pradeep.winter', 'quinn.abernathy'],
  },
  {
    slug: 'finance-lower',
    name: 'finance',
    members: ['quinn.abernathy', 'soren.malik'],
  },
  {
    slug: 'skunkworks',
    name: `R&D / "skunkworks" 100% 🚀 'beta'`,
    managedBy: 'TEAM_MEMBERS',
    usageType: 'TEAM_COLLABORATION',
    members: ['hugo.reyes', 'kavya.sorensen', 'victor.amsel'],
  },
  { slug: 'long', name: LONG_NAME, members: ['nils.petrakis'] },
  { slug: 'empty', name: 'project-atlas', members: [] },
  {
    slug: 'external',
    name: 'okta-all-staff',
    managedBy: 'EXTERNAL',
    members: SEATS,
  },
];
