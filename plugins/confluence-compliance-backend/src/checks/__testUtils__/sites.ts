// SPDX-License-Identifier: Apache-2.0
import type { AccountClass } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import fc from 'fast-check';
import type { Container, DirectoryPayload, ObservedRow } from '../../history';
import { LINKS, PEOPLE } from '../../people';
import type { createTestChecks } from '.';
import { group, membership, person } from '.';
import { oversightReadsOf, tellOversight } from './oversightReads';
import { Oversight, oversights } from './oversightSites';
import { space } from './required';
import { tellUpkeep, upkeepReadsOf } from './upkeepReads';
import { Upkeep, upkeeps } from './upkeepSites';

const PRODUCT = 'ari:cloud:confluence::site/c1';
const DAY_MS = 86_400_000;

/** What an organization says of an account. */
export interface SiteEntry {
  claim: 'managed' | 'unmanaged' | null;
  account: 'active' | 'inactive';
  membership: 'active' | 'suspended';
  mfa: DirectoryPayload['mfa'];
  source: 'synced' | 'invited' | null;
  platform: string[] | null;
  isAdmin: boolean;
  licensed: boolean;
  activeDaysAgo: number | null;
}

export interface SiteAccount {
  class: AccountClass;
  status: 'active' | 'inactive' | 'suspended' | 'closed';
  listed: boolean;
  /** Whose it is; who left did so before the agreed time, or within it. */
  person: 'employed' | 'left' | 'leaving' | 'missing' | null;
  email: 'hidden' | 'own' | 'generic';
  entry: SiteEntry | null;
}

/** A permission: of an account or a group by number, or of whoever did not sign in. */
export interface SiteGrant {
  to: 'account' | 'group' | 'anonymous';
  number: number;
  operation: 'read' | 'create' | 'administer';
}

/** A site of any shape, small enough to look through. Accounts, groups and spaces have numbers. */
export interface Site {
  hasOrganization: boolean;
  accounts: SiteAccount[];
  /** Account numbers by group; numbers beyond the accounts are of accounts that were never read. */
  groups: number[][];
  spaces: Array<{ isPersonal: boolean; grants: SiteGrant[] }>;
  upkeep: Upkeep;
  oversight: Oversight;
}

const often = <T>(usual: T, ...others: T[]) =>
  fc.oneof(
    { weight: others.length, arbitrary: fc.constant(usual) },
    { weight: others.length, arbitrary: fc.constantFrom(...others) },
  );

const entry: fc.Arbitrary<SiteEntry> = fc.record({
  claim: often<SiteEntry['claim']>('managed', 'unmanaged', null),
  account: often<SiteEntry['account']>('active', 'inactive'),
  membership: often<SiteEntry['membership']>('active', 'suspended'),
  mfa: often<SiteEntry['mfa']>('enabled', 'disabled', 'unknown'),
  source: often<SiteEntry['source']>('synced', 'invited', null),
  platform: often<string[] | null>(
    [],
    ['atlassian/org-admin'],
    ['atlassian/other'],
    null,
  ),
  isAdmin: fc.boolean(),
  licensed: often(true, false),
  activeDaysAgo: fc.constantFrom(1, 44, 46, 89, 91, null),
});

const account: fc.Arbitrary<SiteAccount> = fc.record({
  class: often<AccountClass>('person', 'service', 'app', 'guest', 'shared'),
  status: often<SiteAccount['status']>(
    'active',
    'inactive',
    'suspended',
    'closed',
  ),
  listed: often(true, false),
  person: often<SiteAccount['person']>(
    'employed',
    'left',
    'leaving',
    'missing',
    null,
  ),
  email: fc.constantFrom<SiteAccount['email']>('hidden', 'own', 'generic'),
  entry: fc.option(entry, { freq: 4 }),
});

/** The first account, in no group: mostly nothing is left of it but what names the account itself. */
const leaver: fc.Arbitrary<SiteAccount> = fc
  .tuple(
    account,
    fc.constantFrom<SiteAccount['status']>('active', 'active', 'inactive'),
    often<SiteAccount['person']>('left', 'leaving', 'missing'),
    fc.constantFrom(false, false, true),
  )
  .map(([own, status, whose, listed]) => ({
    ...own,
    status,
    person: whose,
    listed,
  }));

const ACCOUNTS = { minLength: 12, maxLength: 15 };
const others = fc.array(account, {
  minLength: ACCOUNTS.minLength - 1,
  maxLength: ACCOUNTS.maxLength - 1,
});
const number = fc.nat({ max: ACCOUNTS.maxLength });
const member = fc.integer({ min: 1, max: ACCOUNTS.maxLength });

export const sites: fc.Arbitrary<Site> = fc.record({
  hasOrganization: often(true, false),
  accounts: fc.tuple(leaver, others).map(([first, rest]) => [first, ...rest]),
  groups: fc.array(fc.uniqueArray(member, { maxLength: 8 }), {
    minLength: 3,
    maxLength: 3,
  }),
  spaces: fc.array(
    fc.record({
      isPersonal: fc.boolean(),
      grants: fc.uniqueArray(
        fc.record({
          to: fc.constantFrom<SiteGrant['to']>('account', 'group', 'anonymous'),
          number: fc.oneof(number, fc.constant(0)),
          operation: fc.constantFrom<SiteGrant['operation']>(
            'read',
            'create',
            'administer',
          ),
        }),
        { maxLength: 5, selector: grant => JSON.stringify(grant) },
      ),
    }),
    { minLength: 2, maxLength: 2 },
  ),
  upkeep: upkeeps,
  oversight: oversights,
});

/** Names of everything on a site; account ids are of this site only. */
export const idsOn = (connection: string) => ({
  account: (n: number) => `${connection}-a${n}`,
  group: (n: number) => `g${n % 3}`,
  space: (n: number) => `s${n}`,
});

/** A container and what a whole read of it sees. */
export interface SiteRead {
  container: Container;
  rows: ObservedRow[];
}

/** Whatever is read of a site, and of people, at a time. */
export function readsOf(connection: string, site: Site, now: Date): SiteRead[] {
  const { accounts, groups, spaces, hasOrganization } = site;
  const ids = idsOn(connection);
  const of = (dataset: string, key = 'site') => ({
    source: connection,
    dataset,
    key,
  });
  return [
    { container: PEOPLE, rows: everybody() },
    {
      container: of('accounts'),
      rows: accounts.map((own, n) => accountRow(ids.account(n), own)),
    },
    {
      container: of('groups'),
      rows: groups.map((_, n) => group(ids.group(n))),
    },
    ...groups.map((members, n) => ({
      container: of('memberships', ids.group(n)),
      rows: members.map(m => membership(ids.group(n), ids.account(m))),
    })),
    {
      container: of('spaces'),
      rows: spaces.map(({ isPersonal }, n) => {
        const row = space(ids.space(n), `K${n}`);
        const type = isPersonal ? 'personal' : 'global';
        return { ...row, payload: { ...row.payload, type } };
      }),
    },
    ...spaces.map(({ grants }, n) => ({
      container: of('grants', ids.space(n)),
      rows: [...new Map(grants.map(g => grantRow(connection, n, g))).values()],
    })),
    ...(hasOrganization
      ? [
          {
            container: {
              source: `organization:${connection}`,
              dataset: 'directory',
              key: 'all',
            },
            rows: accounts.flatMap(({ entry: said }, n) =>
              said ? [entryRow(ids.account(n), said, now)] : [],
            ),
          },
        ]
      : []),
    ...upkeepReadsOf(connection, site, now),
    ...oversightReadsOf(connection, site),
  ];
}

function everybody(): ObservedRow[] {
  return [
    person('employed'),
    person('left', { status: 'departed', endDate: '2026-03-01' }),
    person('leaving', { status: 'departed', endDate: '2026-03-10' }),
    person('missing', {
      status: 'missing',
      absentSince: '2026-03-01T00:00:00Z',
    }),
  ];
}

function accountRow(key: string, own: SiteAccount): ObservedRow {
  const name = own.email === 'generic' ? 'info' : key;
  return {
    key,
    payload: {
      accountType: 'atlassian',
      accountStatus: own.status,
      class: own.class,
      listed: own.listed,
    },
    profile: {
      kind: 'account',
      id: key,
      name: `Name of ${key}`,
      ...(own.email !== 'hidden' && { email: `${name}@example.com` }),
    },
  };
}

function grantRow(
  connection: string,
  n: number,
  grant: SiteGrant,
): [string, ObservedRow] {
  const ids = idsOn(connection);
  const principals = {
    account: ['account', ids.account(grant.number)],
    group: ['group', ids.group(grant.number)],
    anonymous: ['access-class', 'anonymous-users'],
  };
  const [principalType, principalId] = principals[grant.to];
  const spaceId = ids.space(n);
  const { operation } = grant;
  const target = operation === 'create' ? 'page' : 'space';
  const key = [spaceId, principalType, principalId, operation, target];
  return [
    key.join('/'),
    {
      key: key.join('/'),
      payload: {
        spaceId,
        principalType,
        principalId,
        operation,
        target,
        role: null,
      },
    },
  ];
}

function entryRow(key: string, said: SiteEntry, now: Date): ObservedRow {
  const { activeDaysAgo } = said;
  return {
    key,
    payload: {
      claimStatus: said.claim,
      accountStatus: said.account,
      membershipStatus: said.membership,
      mfa: said.mfa,
      managementSource: said.source,
      platformRoles: said.platform,
      products: said.licensed ? [PRODUCT] : [],
      roles: said.isAdmin ? [`${PRODUCT} atlassian/admin`] : [],
    },
    ...(activeDaysAgo !== null && {
      activity: [
        {
          resource: PRODUCT,
          lastActiveAt: new Date(
            now.getTime() - activeDaysAgo * DAY_MS,
          ).toISOString(),
        },
      ],
    }),
  };
}

type TestChecks = Awaited<ReturnType<typeof createTestChecks>>;

/** Makes this site the only one, and reads all of it, or all but one dataset. */
export async function open(
  t: TestChecks,
  connection: string,
  site: Site,
  neverRead?: string,
): Promise<SiteRead[]> {
  t.connections.splice(0, Infinity, connection);
  t.organizations.splice(0, Infinity, {
    connection,
    source: site.hasOrganization ? `organization:${connection}` : undefined,
    resource: PRODUCT,
  });
  const critical = { connection, reviewEvery: 'P6M' };
  t.config.criticalSystems = [
    { ...critical, rule: { kind: 'all-staff' } },
    { ...critical, space: 'K0', rule: { kind: 'groups', groups: ['g0'] } },
  ];
  const reads = readsOf(connection, site, t.clock.now).filter(
    ({ container }) => container.dataset !== neverRead,
  );
  for (const { container, rows } of reads) {
    await t.read(container, rows);
  }
  await t.history.change({}, async change => {
    for (const [n, { person: whose }] of site.accounts.entries()) {
      if (whose) {
        await change.put(LINKS, {
          key: idsOn(connection).account(n),
          payload: {
            source: PEOPLE.source,
            person: `user:default/${whose}`,
            how: 'account-id',
          },
        });
      }
    }
  });
  await tellUpkeep(t, connection, site);
  await tellOversight(t, connection, site);
  return reads;
}

/** The verdicts on a site, by check and subject. */
export async function verdictsOf(
  { history }: TestChecks,
  connection: string,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const asOf = await history.head();
  const pages = history.rows('results', { source: connection, asOf });
  for await (const rows of pages) {
    for (const { payload } of rows) {
      const { checkId, subjectId, verdict } = payload;
      found[`${checkId} ${subjectId}`] = verdict;
    }
  }
  return found;
}
