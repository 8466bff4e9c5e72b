// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { DateTime, Duration } from 'luxon';
import { NOTHING_LEFT } from './leftAccess';
import { AccountAccess, judge as judgeAll } from './offboarding';

const now = DateTime.fromISO('2026-03-10T12:00:00Z', { zone: 'utc' });
const terms = { now, sla: Duration.fromObject({ hours: 24 }) };

const account = {
  accountType: 'atlassian',
  accountStatus: 'active',
  class: 'person' as const,
  listed: true,
};
const employed = {
  status: 'employed' as const,
  endDate: null,
  departedAt: null,
};
const departed = {
  status: 'departed' as const,
  endDate: '2026-03-01',
  departedAt: '2026-03-02T00:00:00.000Z',
};
const leaving = {
  status: 'departed' as const,
  endDate: '2026-03-09',
  departedAt: '2026-03-10T00:00:00.000Z',
};
const missing = { ...employed, status: 'missing' as const };

const inactive = { ...account, accountStatus: 'inactive' };
const closed = { ...account, accountStatus: 'closed', listed: false };
const unlisted = { ...account, listed: false };

/** An account that has nothing but what is said. */
type Access = Partial<AccountAccess> & Pick<AccountAccess, 'account'>;

const judge = (access: Access, on: typeof terms) =>
  judgeAll({ ...NOTHING_LEFT, ...access }, on);

const entry = {
  claimStatus: 'managed',
  accountStatus: 'active',
  membershipStatus: 'active',
  mfa: 'enabled' as const,
  managementSource: 'synced',
  platformRoles: [],
  roles: [],
  licensed: true,
};
const said = {
  deactivated: { ...entry, accountStatus: 'inactive' },
  suspended: { ...entry, membershipStatus: 'suspended' },
  removed: { ...entry, membershipStatus: 'no_membership' },
};

describe('judge', () => {
  it.each<[string, Access, string, string]>([
    [
      'a service account',
      { account: { ...account, class: 'service' }, groups: ['g'] },
      'not-applicable',
      'machine-account',
    ],
    [
      'an app',
      { account: { ...account, class: 'app' }, groups: [] },
      'not-applicable',
      'machine-account',
    ],
    [
      'a leaver who looks like a service account',
      {
        account: { ...account, class: 'service' },
        person: departed,
        groups: ['g'],
      },
      'fail',
      'still-active',
    ],
    [
      'nobody’s active account',
      { account, groups: [] },
      'unknown',
      'no-person',
    ],
    [
      'nobody’s inactive account among the users',
      { account: inactive, groups: [] },
      'unknown',
      'no-person',
    ],
    [
      'nobody’s closed account',
      { account: closed, groups: [] },
      'not-applicable',
      'no-access',
    ],
    [
      'an employee',
      { account, person: employed, groups: ['g'] },
      'pass',
      'employed',
    ],
    [
      'a leaver in a group',
      { account, person: departed, groups: ['g'] },
      'fail',
      'still-active',
    ],
    [
      'a leaver among the users',
      { account, person: departed, groups: [] },
      'fail',
      'still-active',
    ],
    [
      'a leaver in a group, not among the users',
      { account: unlisted, person: departed, groups: ['g'] },
      'fail',
      'still-active',
    ],
    [
      'a guest who left',
      {
        account: { ...account, class: 'guest' },
        person: departed,
        groups: ['g'],
      },
      'fail',
      'still-active',
    ],
    [
      'a shared account of a leaver',
      {
        account: { ...account, class: 'shared' },
        person: departed,
        groups: ['g'],
      },
      'fail',
      'still-active',
    ],
    [
      'a leaver without access here',
      { account: unlisted, person: departed, groups: [] },
      'pass',
      'no-access-here',
    ],
    [
      'a deactivated leaver in a group',
      { account: inactive, person: departed, groups: ['g'] },
      'warning',
      'still-member',
    ],
    [
      'a deactivated leaver',
      { account: inactive, person: departed, groups: [] },
      'pass',
      'removed',
    ],
    [
      'a deleted leaver',
      { account: closed, person: departed, groups: [] },
      'pass',
      'removed',
    ],
    [
      'somebody who just left',
      { account, person: leaving, groups: ['g'] },
      'warning',
      'within-sla',
    ],
    [
      'somebody just deactivated, still in a group',
      { account: inactive, person: leaving, groups: ['g'] },
      'warning',
      'within-sla',
    ],
    [
      'a leaver of unknown date',
      { account, person: { ...departed, departedAt: null }, groups: ['g'] },
      'fail',
      'still-active',
    ],
    [
      'a suspended leaver',
      {
        account: { ...account, accountStatus: 'suspended' },
        person: departed,
        groups: [],
      },
      'warning',
      'only-suspended',
    ],
    [
      'a leaver of unknown status',
      {
        account: { ...account, accountStatus: 'unknown' },
        person: departed,
        groups: [],
      },
      'unknown',
      'status-unknown',
    ],
    [
      'a status never heard of',
      {
        account: { ...account, accountStatus: 'dormant' },
        person: departed,
        groups: ['g'],
      },
      'unknown',
      'status-unknown',
    ],
    [
      'somebody missing',
      { account, person: missing, groups: ['g'] },
      'warning',
      'person-missing',
    ],
    [
      'somebody missing without an account',
      { account: closed, person: missing, groups: [] },
      'pass',
      'removed',
    ],
    [
      'a leaver whom only a space names',
      { account: unlisted, person: departed, spaces: ['s'] },
      'fail',
      'still-active',
    ],
    [
      'a leaver whom only their own space names',
      { account: unlisted, person: departed, spaces: ['s'], personal: ['s'] },
      'fail',
      'still-active',
    ],
    [
      'somebody who just left, whom only a space names',
      { account: unlisted, person: leaving, spaces: ['s'] },
      'warning',
      'within-sla',
    ],
    [
      'a deactivated leaver whom a space names',
      {
        account: inactive,
        person: departed,
        spaces: ['p', 's'],
        personal: ['p'],
      },
      'warning',
      'still-named',
    ],
    [
      'a leaver whose account was deleted, whom a space names',
      {
        account: { ...account, accountStatus: 'closed' },
        person: departed,
        spaces: ['s'],
      },
      'pass',
      'deleted',
    ],
    [
      'a leaver whose account only the organization calls deleted, whom a space names',
      {
        account: inactive,
        entry: { ...said.deactivated, accountStatus: 'closed' },
        person: departed,
        spaces: ['s'],
      },
      'warning',
      'still-named',
    ],
    [
      'a service account of somebody whom no source covers any more',
      { account: { ...account, class: 'service' }, notCovered: true },
      'unknown',
      'person-not-covered',
    ],
    [
      'a leaver whose account was deleted, in a group',
      {
        account: { ...account, accountStatus: 'closed' },
        person: departed,
        groups: ['g'],
      },
      'warning',
      'still-member',
    ],
    [
      'somebody just deactivated, whom a space names',
      { account: inactive, person: leaving, spaces: ['s'] },
      'warning',
      'within-sla',
    ],
    [
      'a deactivated leaver with a personal space',
      { account: inactive, person: departed, spaces: ['p'], personal: ['p'] },
      'pass',
      'removed',
    ],
    [
      'somebody missing and deactivated, whom a space names',
      { account: inactive, person: missing, spaces: ['s'] },
      'warning',
      'person-missing',
    ],
    [
      'a leaver with a token only',
      { account: unlisted, person: departed, tokens: ['t'] },
      'fail',
      'still-active',
    ],
    [
      'a deactivated leaver with a token',
      { account: inactive, person: departed, tokens: ['t'] },
      'warning',
      'still-token',
    ],
    [
      'a leaver whom the organization deactivated',
      { account, entry: said.deactivated, person: departed },
      'pass',
      'removed',
    ],
    [
      'a leaver whom the organization deactivated, in a group',
      { account, entry: said.deactivated, person: departed, groups: ['g'] },
      'warning',
      'still-member',
    ],
    [
      'a leaver whom the organization suspended',
      { account, entry: said.suspended, person: departed, groups: ['g'] },
      'warning',
      'only-suspended',
    ],
    [
      'a leaver who is suspended and seems deactivated',
      { account: inactive, entry: said.suspended, person: departed },
      'warning',
      'only-suspended',
    ],
    [
      'a leaver whom the organization suspended and deactivated',
      {
        account,
        entry: { ...said.suspended, accountStatus: 'inactive' },
        person: departed,
      },
      'pass',
      'removed',
    ],
    [
      'a leaver whom the organization removed',
      { account, entry: said.removed, person: departed },
      'pass',
      'removed',
    ],
    [
      'a leaver whom the organization removed and a group lets in',
      { account, entry: said.removed, person: departed, groups: ['g'] },
      'fail',
      'still-active',
    ],
    [
      'a deleted leaver whom the organization calls suspended',
      { account: closed, entry: said.suspended, person: departed },
      'pass',
      'removed',
    ],
  ])('%s', (_, access, verdict, reason) => {
    expect(judge(access, terms)).toMatchObject({ verdict, reason });
  });

  it('never passes anybody who left, is late and can still come in', () => {
    const status = fc.constantFrom(
      'active',
      'inactive',
      'closed',
      'suspended',
      'unknown',
      'Active',
      'x',
    );
    fc.assert(
      fc.property(
        fc.record({
          account: fc.record({
            accountType: fc.constant('atlassian'),
            accountStatus: status,
            class: fc.constantFrom('person', 'guest', 'shared'),
            listed: fc.boolean(),
          }),
          person: fc.constantFrom(departed, { ...departed, departedAt: null }),
          groups: fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }),
          spaces: fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }),
          tokens: fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }),
        }),
        access => {
          const { verdict } = judge(access, terms);
          const gone = ['inactive', 'closed'].includes(
            access.account.accountStatus,
          );
          const { groups, spaces, tokens } = access;
          // Nobody comes in by what names an account that was deleted.
          const named =
            spaces.length > 0 && access.account.accountStatus !== 'closed';
          const reachable =
            named ||
            [...groups, ...tokens].length > 0 ||
            (access.account.listed && !gone);
          expect(verdict === 'pass' && reachable).toBe(false);
          const usable =
            access.account.accountStatus.toLowerCase() === 'active';
          expect(verdict === 'fail').toBe(usable && reachable);
        },
      ),
    );
  });

  it('gives facts of ids and enums that do not change with time', () => {
    const access = { account, person: departed, groups: ['g1', 'g2'] };
    expect(judge(access, terms).facts).toEqual({
      'accounts.status': 'active',
      'accounts.listed': true,
      'people.status': 'departed',
      'people.endDate': '2026-03-01',
      'people.departedAt': '2026-03-02T00:00:00.000Z',
      'memberships.groups': ['g1', 'g2'],
    });
    const more = { ...access, spaces: ['s2', 's1'], tokens: ['t1'] };
    expect(
      judge({ ...more, entry: said.deactivated }, terms).facts,
    ).toMatchObject({
      'grants.spaces': ['s1', 's2'],
      'credentials.tokens': ['t1'],
      'directory.status': 'inactive',
      'directory.membership': 'active',
    });
    const later = { ...terms, now: now.plus({ days: 40 }) };
    expect(judge(access, later)).toEqual(judge(access, terms));
  });
});
