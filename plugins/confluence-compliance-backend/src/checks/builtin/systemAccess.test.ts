// SPDX-License-Identifier: Apache-2.0
import type { AccountClass } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { unread } from './linkedPeople';
import { judge, reachesSite, SystemAccess } from './systemAccess';

const account = (accountClass: AccountClass, accountStatus = 'active') => ({
  accountType: 'atlassian',
  accountStatus,
  class: accountClass,
  listed: true,
});
const person = (status: 'employed' | 'departed' | 'missing') => ({
  status,
  endDate: null,
  departedAt: null,
});
const groups = {
  rule: { kind: 'groups' as const, groups: ['finance'] },
};
const inGroups = ['groups', 'memberships'];

describe('judge', () => {
  it.each<[string, Partial<SystemAccess>, string, string, string[]?]>([
    // All staff.
    ['an employee', { person: person('employed') }, 'pass', 'employed'],
    ['a leaver', { person: person('departed') }, 'fail', 'departed'],
    [
      'a deactivated leaver',
      {
        account: account('person', 'inactive'),
        person: person('departed'),
      },
      'warning',
      'still-granted',
    ],
    [
      'a suspended leaver',
      {
        account: account('person', 'suspended'),
        person: person('departed'),
      },
      'fail',
      'departed',
    ],
    [
      'somebody missing',
      { person: person('missing') },
      'warning',
      'person-missing',
    ],
    [
      'an email of nobody',
      { emailKnown: true },
      'fail',
      'not-staff',
      ['people'],
    ],
    ['a hidden email', {}, 'unknown', 'email-hidden'],
    [
      'a guest',
      { account: account('guest') },
      'fail',
      'guest-of-nobody',
      ['people'],
    ],
    [
      'a shared account',
      { account: account('shared') },
      'fail',
      'not-staff',
      ['people'],
    ],
    [
      'a deactivated guest',
      { account: account('guest', 'inactive') },
      'warning',
      'still-granted',
      ['people'],
    ],
    [
      'a service account',
      { account: account('service') },
      'not-applicable',
      'machine-account',
    ],
    [
      'a service account of a leaver',
      { account: account('service'), person: person('departed') },
      'fail',
      'departed',
    ],
    [
      'an app',
      { account: account('app') },
      'not-applicable',
      'machine-account',
    ],
    ['an account not read', { account: unread }, 'unknown', 'account-not-read'],
    [
      'a service account of somebody whom no source covers any more',
      { account: account('service'), notCovered: true },
      'unknown',
      'person-not-covered',
    ],
    // Groups.
    ['a member', { ...groups, allowed: true }, 'pass', 'in-allowed-group'],
    [
      'a leaver inside',
      { ...groups, allowed: true, person: person('departed') },
      'fail',
      'departed',
    ],
    [
      'somebody missing, inside',
      { ...groups, allowed: true, person: person('missing') },
      'warning',
      'person-missing',
    ],
    [
      'somebody whom no source covers any more, inside',
      { ...groups, allowed: true, notCovered: true },
      'unknown',
      'person-not-covered',
    ],
    [
      'somebody whom no source covers any more, outside',
      { ...groups, notCovered: true },
      'fail',
      'not-in-allowed-group',
      inGroups,
    ],
    [
      'an app of somebody whom no source covers any more, outside',
      { ...groups, account: account('app'), notCovered: true },
      'unknown',
      'person-not-covered',
    ],
    [
      'an employee outside',
      { ...groups, person: person('employed') },
      'fail',
      'not-in-allowed-group',
      inGroups,
    ],
    [
      'an account not read, outside',
      { ...groups, account: unread },
      'unknown',
      'account-not-read',
      inGroups,
    ],
    [
      'a leaver whose account was not read',
      { ...groups, account: unread, person: person('departed') },
      'unknown',
      'account-not-read',
    ],
    [
      'a service account outside',
      { ...groups, account: account('service') },
      'fail',
      'not-in-allowed-group',
      inGroups,
    ],
    [
      'a service account inside',
      { ...groups, account: account('service'), allowed: true },
      'pass',
      'in-allowed-group',
    ],
    [
      'a deactivated account outside',
      { ...groups, account: account('person', 'closed') },
      'warning',
      'still-granted',
      inGroups,
    ],
    [
      'an app outside',
      { ...groups, account: account('app') },
      'not-applicable',
      'machine-account',
    ],
  ])('%s', (...[, more, verdict, reason, absence]) => {
    const judgement = judge({
      rule: { kind: 'all-staff' },
      account: account('person'),
      allowed: false,
      emailKnown: false,
      ...more,
    });
    expect(judgement).toMatchObject({ verdict, reason });
    expect([judgement.restsOnAbsence, judgement.requires]).toEqual([
      absence && true,
      reason === 'in-allowed-group' ? [...inGroups, 'people'] : absence,
    ]);
  });
});

it.each<[string, string, boolean, boolean, boolean]>([
  ['an active account among the users', 'active', true, false, true],
  ['a member who is not among them', 'active', false, true, true],
  ['a deactivated member', 'inactive', true, true, true],
  ['a deactivated account', 'Inactive', true, false, false],
  ['an account of somewhere else', 'active', false, false, false],
  ['a status never heard of', 'dormant', true, false, true],
])('%s', (_, status, listed, inGroup, reaches) => {
  expect(reachesSite({ ...account('person', status), listed }, inGroup)).toBe(
    reaches,
  );
});
