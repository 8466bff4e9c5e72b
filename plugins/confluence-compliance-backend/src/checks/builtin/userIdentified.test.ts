// SPDX-License-Identifier: Apache-2.0
import type { AccountClass } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { unread } from './linkedPeople';
import { AccountIdentity, judge } from './userIdentified';

const account = (
  accountClass: AccountClass,
  more: { accountStatus?: string; listed?: boolean } = {},
) => ({
  accountType: 'atlassian',
  accountStatus: 'active',
  class: accountClass,
  listed: true,
  ...more,
});
const employed = {
  status: 'employed' as const,
  endDate: null,
  departedAt: null,
};
const unlisted = { listed: false };
const closed = { accountStatus: 'closed' };

describe('judge', () => {
  it.each<[string, Partial<AccountIdentity>, string, string, string[]?]>([
    ['somebody known', { person: employed }, 'pass', 'identified'],
    [
      'an app of somebody known',
      { account: account('app'), person: employed },
      'pass',
      'identified',
    ],
    [
      'an email of nobody',
      { emailKnown: true },
      'fail',
      'email-of-nobody',
      ['people'],
    ],
    ['a hidden email', {}, 'unknown', 'email-hidden'],
    [
      'a guest with a hidden email',
      { account: account('guest') },
      'fail',
      'guest-of-nobody',
      ['people'],
    ],
    [
      'a service account',
      { account: account('service') },
      'warning',
      'no-owner',
      ['people'],
    ],
    [
      'a shared account',
      { account: account('shared') },
      'warning',
      'no-owner',
      ['people'],
    ],
    [
      'a shared account that a team answers for',
      { account: account('shared'), owner: { isTeam: true } },
      'pass',
      'owned-by-team',
    ],
    [
      'a guest whose owner is employed',
      {
        account: account('guest'),
        owner: { isTeam: false, status: 'employed' },
      },
      'pass',
      'owner-employed',
      ['people'],
    ],
    [
      'a service account whose owner has left',
      {
        account: account('service'),
        owner: { isTeam: false, status: 'departed' },
      },
      'fail',
      'owner-left',
    ],
    [
      'a guest whose owner is nobody known',
      { account: account('guest'), owner: { isTeam: false } },
      'fail',
      'owner-not-known',
      ['people'],
    ],
    [
      'an app in a group',
      { account: account('app'), inGroups: true },
      'not-applicable',
      'machine-account',
    ],
    [
      'a closed account',
      { account: account('person', closed), emailKnown: true },
      'not-applicable',
      'account-closed',
    ],
    [
      'a closed account in a group',
      { account: account('person', closed), emailKnown: true, inGroups: true },
      'fail',
      'email-of-nobody',
      ['people'],
    ],
    [
      'somebody the site does not list',
      { account: account('person', unlisted), emailKnown: true },
      'not-applicable',
      'no-access-here',
      ['accounts', 'memberships'],
    ],
    [
      'a guest the site does not list, in a group',
      { account: account('guest', unlisted), inGroups: true },
      'fail',
      'guest-of-nobody',
      ['people'],
    ],
    [
      'a deactivated account among the users',
      { account: account('person', { accountStatus: 'inactive' }) },
      'unknown',
      'email-hidden',
    ],
    [
      'a member whose account was not read',
      { account: unread, inGroups: true },
      'unknown',
      'account-not-read',
    ],
    [
      'an email of nobody outside the user group',
      { emailKnown: true, outside: {} },
      'not-applicable',
      'outside-user-group',
      [],
    ],
    [
      'a hidden email outside the user group, in another one',
      { inGroups: true, outside: {} },
      'not-applicable',
      'outside-user-group',
      [],
    ],
    [
      'somebody known outside the user group',
      { person: employed, outside: {} },
      'pass',
      'identified',
    ],
    [
      'a guest outside the user group',
      { account: account('guest'), outside: {} },
      'fail',
      'guest-of-nobody',
      ['people'],
    ],
    [
      'a service account outside the user group',
      { account: account('service'), outside: {} },
      'warning',
      'no-owner',
      ['people'],
    ],
    [
      'a shared account outside the user group',
      { account: account('shared'), outside: {} },
      'warning',
      'no-owner',
      ['people'],
    ],
    [
      'a closed account outside the user group',
      { account: account('person', closed), outside: {} },
      'not-applicable',
      'account-closed',
    ],
    [
      'a member outside the user group whose account was not read',
      { account: unread, inGroups: true, outside: {} },
      'unknown',
      'account-not-read',
    ],
  ])('%s', (...[, more, verdict, reason, absence]) => {
    const judgement = judge({
      account: account('person'),
      inGroups: false,
      emailKnown: false,
      ...more,
    });
    expect(judgement).toMatchObject({ verdict, reason });
    expect([judgement.restsOnAbsence, judgement.requires]).toEqual(
      // Only a pass rests on what was found.
      absence
        ? [verdict === 'pass' ? undefined : true, absence]
        : [undefined, undefined],
    );
  });

  it('is not sure of who is outside while members are missing', () => {
    const judgement = judge({
      account: account('person'),
      inGroups: false,
      emailKnown: true,
      outside: { gap: 'memberships-incomplete' },
    });
    expect(judgement).toMatchObject({
      verdict: 'not-applicable',
      restsOnAbsence: true,
      gap: 'memberships-incomplete',
    });
  });
});
