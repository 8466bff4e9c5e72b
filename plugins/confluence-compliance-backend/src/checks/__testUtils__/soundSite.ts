// SPDX-License-Identifier: Apache-2.0
import type { ComplianceConfig } from '../../config';
import { adminLimited } from '../builtin/adminLimited';
import { appWriteAccess } from '../builtin/appWriteAccess';
import { editRestricted } from '../builtin/editRestricted';
import { externalApproved } from '../builtin/externalApproved';
import { reviewedOnTime } from '../builtin/reviewedOnTime';
import { serviceIdentityOwned } from '../builtin/serviceIdentityOwned';
import { spaceAdminJustified } from '../builtin/spaceAdminJustified';
import { CONCERNS } from './oversightSites';
import { idsOn, Site, SiteAccount } from './sites';
import { POLICIES } from './upkeepSites';

/** Employed, with a seat, of the identity provider. */
const employee: SiteAccount = {
  class: 'person',
  status: 'active',
  listed: true,
  person: 'employed',
  email: 'own',
  entry: {
    claim: 'managed',
    account: 'active',
    membership: 'active',
    mfa: 'enabled',
    source: 'synced',
    platform: [],
    isAdmin: false,
    licensed: true,
    activeDaysAgo: 1,
  },
};

const admin = { ...employee.entry!, isAdmin: true };

const ADMIN = 0;
const SERVICE = 4;
const APP = 5;
const GUEST = 6;
const PURPOSE = [
  { heading: 1, text: 'Purpose' },
  { text: 'It holds.' },
  { heading: 1, text: 'Scope' },
  { text: 'All of it.' },
];

/** The newest version of every page; approved ten days ago. */
const VERSION = 3;

const page = (space: number, title: 'Rules' | 'Other', hasLabel: boolean) => ({
  space,
  title,
  status: 'current' as const,
  owner: ADMIN,
  version: VERSION,
  touchedDaysAgo: 1,
  hasLabel,
});

/** The page of each policy, by numbers. */
const PAGES = [0, 1, 0, 2, 3];

/** A site on which every check that runs passes. */
export const soundSite: Site = {
  hasOrganization: true,
  accounts: [
    { ...employee, entry: admin },
    employee,
    employee,
    employee,
    { ...employee, class: 'service', email: 'hidden' },
    { ...employee, class: 'app', person: null, email: 'hidden', entry: null },
    // Somebody of ours who comes as a guest.
    { ...employee, class: 'guest' },
  ],
  groups: [[0, 1, 2, 3], [0, 1], [2]],
  spaces: [0, 1].map(() => ({
    isPersonal: false,
    grants: [
      { to: 'group', number: 0, operation: 'read' },
      { to: 'group', number: 1, operation: 'administer' },
    ],
  })),
  upkeep: {
    tokens: [
      {
        owner: ADMIN,
        status: 'ALLOWED',
        madeDaysAgo: 1,
        livesDays: 30,
        usedDaysAgo: 1,
      },
    ],
    pages: [
      page(0, 'Rules', false),
      page(0, 'Other', true),
      page(1, 'Rules', false),
      page(1, 'Other', false),
    ],
    labels: { onUnread: false },
    approvals: PAGES.map((own, policy) => ({
      policy,
      page: own,
      version: VERSION,
      isMinor: false,
    })),
    auditQuietHours: 1,
    credentials: ['stored'],
    ages: { accounts: 0, pages: 0, labels: 0, spaces: 0 },
  },
  oversight: {
    texts: PAGES.map((own, policy) => ({
      policy,
      page: own,
      version: VERSION,
      lines: PURPOSE,
      isLong: false,
    })),
    restrictions: ['open', 'open', 'open', 'open'],
    teams: [0, 1, 2].map(n => ({ people: [n], read: 'now' as const })),
    acknowledgements: CONCERNS.flatMap((teams, policy) =>
      teams.map(person => ({
        policy,
        page: PAGES[policy],
        version: VERSION,
        person,
        daysAgo: 1,
      })),
    ),
    reviews: [{ over: 'site', gap: 'none', running: false, endedDaysAgo: 1 }],
    seenDaysAgo: 1,
    revoked: [{ state: 'removed', daysAgo: 1 }],
  },
};

/** What the configuration tells the checks of the sound site on some connections. */
export function toldOn(connections: string[]): ComplianceConfig['checks'] {
  const by = <T>(valueOf: (connection: string) => Record<string, T>) =>
    Object.assign({}, ...connections.map(valueOf));
  return {
    [adminLimited.id]: {
      approved: connections.map(connection => idsOn(connection).account(ADMIN)),
    },
    [appWriteAccess.id]: {
      approved: connections.map(connection => idsOn(connection).account(APP)),
    },
    [editRestricted.id]: { most: 4 },
    [externalApproved.id]: {
      approved: by(connection => ({
        [idsOn(connection).account(GUEST)]: {
          sponsor: 'user:default/employed',
          until: '2027-01-01',
        },
      })),
    },
    [reviewedOnTime.id]: {
      reviewed: Object.fromEntries(
        POLICIES.map((_, n) => [`p${n}`, '2026-03-01']),
      ),
    },
    [serviceIdentityOwned.id]: {
      owners: by(connection => ({
        [idsOn(connection).account(SERVICE)]: 'user:default/employed',
      })),
    },
    [spaceAdminJustified.id]: {
      owners: by(connection => ({
        [`${connection}/K0`]: ['g1'],
        [`${connection}/K1`]: ['g1'],
      })),
    },
  };
}
