// SPDX-License-Identifier: Apache-2.0
import type {
  CheckDataset,
  CheckEvidence,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import fc from 'fast-check';

/** An API token; ages in days, null where Atlassian does not say. */
export interface SiteToken {
  owner: number;
  status: 'ALLOWED' | 'BLOCKED' | null;
  madeDaysAgo: number | null;
  livesDays: number | null;
  usedDaysAgo: number | null;
}

/** A page that a policy may be found in. */
export interface SitePage {
  /** Number of its space. */
  space: number;
  title: 'Rules' | 'rules' | 'Other';
  status: 'current' | 'archived' | 'trashed';
  /** Number of an account. */
  owner: number | null;
  version: number;
  touchedDaysAgo: number | null;
  hasLabel: boolean;
}

/** An approval, the older the lower its version. */
export interface SiteApproval {
  policy: number;
  page: number;
  version: number;
  isMinor: boolean;
}

/** How the pages of the policies are found that every site must have, and the review that is told of some. */
export const POLICIES = [
  { by: { by: 'id', id: 'pg0' }, reviewed: '2026-01-01' },
  { by: { by: 'label', label: 'l1' } },
  { by: { by: 'title', space: 'k0', title: 'RULES' } },
  { by: { by: 'title', space: 'K1', title: 'rules' }, reviewed: '2025-03-10' },
  { by: { by: 'id', id: 'pg3' }, reviewed: '2025-03-09' },
] as const;

/** How many days ago a version was approved. */
export const APPROVED_DAYS_AGO = [0, 800, 370, 10];

/** Who is told to own the first space of every site, by number. */
export const OWNERS = { accounts: [1, 2, 3], groups: ['g1'] };

/** What a site has besides its people, groups and spaces. */
export interface Upkeep {
  /** Of the organization, where there is one. */
  tokens: SiteToken[];
  pages: SitePage[];
  /** Undefined where the label was never looked for. */
  labels?: {
    /** That one page has it which was not read. */
    onUnread: boolean;
  };
  approvals: Array<{
    policy: number;
    page: number;
    version: number;
    isMinor: boolean;
  }>;
  /**
   * How long before its last read the newest record of the audit log was made: null where it has none.
   * Undefined where the log was never read.
   */
  auditQuietHours?: number | null;
  credentials: Array<CheckEvidence['credentials'][number]['state']>;
  /** How long ago everything was read that the connection is read for, in hours. */
  ages: Partial<Record<CheckDataset, number>>;
}

const number = fc.nat({ max: 15 });
const some = fc.constantFrom;

const token: fc.Arbitrary<SiteToken> = fc.record({
  owner: number,
  status: some<SiteToken['status'][]>('ALLOWED', 'ALLOWED', 'BLOCKED', null),
  madeDaysAgo: some(1, 89, 91, 300, 400, null),
  livesDays: some(30, 365, 366, 367, 500, null),
  usedDaysAgo: some(1, 89, 91, null),
});

const page: fc.Arbitrary<SitePage> = fc.record({
  space: fc.nat({ max: 1 }),
  title: some<SitePage['title'][]>('Rules', 'rules', 'Other'),
  status: some<SitePage['status'][]>(
    'current',
    'current',
    'current',
    'archived',
    'trashed',
  ),
  owner: fc.option(number, { freq: 8 }),
  version: fc.integer({ min: 1, max: 3 }),
  touchedDaysAgo: some(1, 300, 364, 368, 900, null),
  hasLabel: fc.boolean(),
});

const approval = fc.record({
  policy: fc.nat({ max: POLICIES.length - 1 }),
  page: fc.nat({ max: 3 }),
  version: fc.integer({ min: 1, max: 3 }),
  isMinor: fc.boolean(),
});

const age = some(0, 47, 49, 191, 193);

export const upkeeps: fc.Arbitrary<Upkeep> = fc.record(
  {
    tokens: fc.array(token, { maxLength: 8 }),
    pages: fc.array(page, { maxLength: 4 }),
    labels: fc.record({ onUnread: some(false, false, true) }),
    approvals: fc.uniqueArray(approval, {
      maxLength: 8,
      selector: own => `${own.policy} ${own.page} ${own.version}`,
    }),
    auditQuietHours: some(1, 23, 25, 100, null),
    credentials: fc.array(
      some<Upkeep['credentials']>(
        'stored',
        'expiring',
        'expired',
        'missing',
        'reconnect',
      ),
      { maxLength: 3 },
    ),
    ages: fc.record({ accounts: age, pages: age, labels: age, spaces: age }),
  },
  { requiredKeys: ['tokens', 'pages', 'approvals', 'credentials', 'ages'] },
);
