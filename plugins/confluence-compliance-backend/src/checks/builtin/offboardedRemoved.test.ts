// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { DateTime, Duration } from 'luxon';
import { AccountAccess, judge, offboardedRemoved } from './offboardedRemoved';

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

describe('judge', () => {
  it.each<[string, AccountAccess, string, string]>([
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
        }),
        access => {
          const { verdict } = judge(access, terms);
          const gone = ['inactive', 'closed'].includes(
            access.account.accountStatus,
          );
          const reachable =
            access.groups.length > 0 || (access.account.listed && !gone);
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
    const later = { ...terms, now: now.plus({ days: 40 }) };
    expect(judge(access, later)).toEqual(judge(access, terms));
  });
});

it('reads its parameters strictly, 24 hours by default', () => {
  const { parameters } = offboardedRemoved;
  expect(parameters.parse({})).toEqual({ sla: { hours: 24 } });
  expect(parameters.parse({ sla: { days: 3 } })).toEqual({ sla: { days: 3 } });
  expect(parameters.safeParse({ sla: { hours: -1 } }).success).toBe(false);
  expect(parameters.safeParse({ slo: {} }).success).toBe(false);
});
