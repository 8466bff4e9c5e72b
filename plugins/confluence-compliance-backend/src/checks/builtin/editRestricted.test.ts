// SPDX-License-Identifier: Apache-2.0
import type { CheckPolicy } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { type SmallWorld, verdictsOn } from '../__testUtils__/judging';
import { editRestricted } from './editRestricted';

const infosec: CheckPolicy = {
  id: 'infosec',
  pages: [{ id: 'p1', status: 'current', spaceId: 'S1', version: 3 }],
  requires: [],
};
const world: SmallWorld = {
  accounts: {
    ana: {},
    bo: {},
    gone: { accountStatus: 'inactive' },
    bot: { class: 'app' },
  },
  groups: { staff: ['ana', 'bo'], writers: ['ana'] },
  spaces: { S1: {} },
  grants: ['S1/group/staff/read', 'S1/group/writers/create/page'],
  restrictions: { p1: { read: 'open' } },
  policies: [infosec],
};

/** Everybody may edit by the permissions of the space. */
const all = { staff: ['ana', 'bo'], writers: ['ana', 'bo'] };
const { grants = [] } = world;
const everybody = 'S1/access-class/all-licensed-users/create/page';

describe('policy.edit-restricted-read-open', () => {
  it.each<[string, Partial<SmallWorld>, string]>([
    ['few edit, all read', {}, 'pass few-edit-all-read'],
    [
      'a page that narrows reading',
      { restrictions: { p1: { read: 'inherited', from: 'p0' } } },
      'warning reading-narrowed',
    ],
    [
      'a page without a label',
      { restrictions: {} },
      'unknown restriction-not-read',
    ],
    [
      'somebody who cannot read',
      { groups: { staff: ['ana'], writers: ['ana'] } },
      'fail staff-cannot-read',
    ],
    [
      'somebody who cannot read, also where the page was not read',
      { groups: { staff: ['ana'], writers: ['ana'] }, restrictions: {} },
      'fail staff-cannot-read',
    ],
    [
      'somebody who cannot read, while restrictions were not read whole',
      {
        groups: { staff: ['ana'], writers: ['ana'] },
        gaps: { restrictions: 'restrictions-never-read' },
      },
      'fail staff-cannot-read',
    ],
    [
      'restrictions that were not read whole',
      { gaps: { restrictions: 'restrictions-incomplete' } },
      'unknown restrictions-incomplete',
    ],
    [
      'a group that was not read whole',
      {
        groups: { staff: ['ana'], writers: ['ana'] },
        gaps: { memberships: 'memberships-incomplete' },
      },
      'unknown memberships-incomplete',
    ],
    [
      'a class of everybody',
      {
        groups: { writers: ['ana'] },
        grants: [
          'S1/access-class/all-licensed-users/read',
          'S1/group/writers/create/page',
        ],
      },
      'pass few-edit-all-read',
    ],
    [
      'a class that is not known',
      { grants: ['S1/access-class/new-class/read'] },
      'unknown open-to-class',
    ],
    [
      'a class that may edit',
      {
        grants: [
          'S1/group/staff/read',
          'S1/access-class/all-licensed-users/create/page',
        ],
      },
      'unknown editors-not-read',
    ],
    [
      'permissions that were not read whole',
      { gaps: { 'grants/S1': 'grants-incomplete' } },
      'unknown grants-incomplete',
    ],
    [
      'a page of which only the label was read',
      {
        policies: [{ ...infosec, pages: [{ id: 'p1', status: 'current' }] }],
      },
      'unknown page-not-read',
    ],
    [
      'no page',
      { policies: [{ ...infosec, pages: [] }] },
      'not-applicable no-document',
    ],
  ])('%s', async (_, more, expected) => {
    expect(await verdictsOn(editRestricted, { ...world, ...more })).toEqual({
      infosec: expected,
    });
  });

  it.each<
    [string, Partial<SmallWorld>, CheckPolicy['pages'][0]['editors'], string]
  >([
    [
      'many, whom the page does not narrow',
      {},
      { restricted: false, accountIds: [], groupIds: [], complete: true },
      'fail many-edit',
    ],
    [
      'one of many, whom the page names',
      {},
      { restricted: true, accountIds: ['ana'], groupIds: [], complete: true },
      'pass few-edit-all-read',
    ],
    [
      'whoever is in a group that the page names',
      { groups: { ...all, owners: ['bo'] } },
      {
        restricted: true,
        accountIds: [],
        groupIds: ['owners'],
        complete: true,
      },
      'pass few-edit-all-read',
    ],
    [
      'many in a group that the page names',
      {},
      { restricted: true, accountIds: [], groupIds: ['staff'], complete: true },
      'fail many-edit',
    ],
    [
      'nobody whom the page names and its space does not let edit',
      {},
      {
        restricted: true,
        accountIds: ['ana', 'gone'],
        groupIds: [],
        complete: true,
      },
      'pass few-edit-all-read',
    ],
    [
      'administrators, who can lift what the page says',
      { grants: [...grants, 'S1/account/bo/administer'] },
      { restricted: true, accountIds: ['ana'], groupIds: [], complete: true },
      'fail many-edit',
    ],
    [
      'somebody whom the page names and nobody can see',
      {},
      { restricted: true, accountIds: ['ana'], groupIds: [], complete: false },
      'unknown editors-not-read',
    ],
    [
      'a group that the page names and nobody can see',
      {},
      {
        restricted: true,
        accountIds: [],
        groupIds: ['hidden'],
        complete: true,
      },
      'unknown editors-not-read',
    ],
    [
      'few of a class of everybody',
      { grants: ['S1/group/staff/read', everybody] },
      { restricted: true, accountIds: ['ana'], groupIds: [], complete: true },
      'pass few-edit-all-read',
    ],
    [
      'a class of everybody, whom the page does not narrow',
      { grants: ['S1/group/staff/read', everybody] },
      { restricted: false, accountIds: [], groupIds: [], complete: true },
      'fail many-edit',
    ],
    [
      'a class that is not known, whom the page does not narrow',
      { grants: ['S1/group/staff/read', 'S1/access-class/new/create/page'] },
      { restricted: false, accountIds: [], groupIds: [], complete: true },
      'unknown class-edits',
    ],
    [
      'many, of a page of which nobody knows who may read it',
      { restrictions: {} },
      { restricted: false, accountIds: [], groupIds: [], complete: true },
      'unknown restriction-not-read',
    ],
    [
      'administrators, of a page of which nobody knows who may read it',
      {
        restrictions: {},
        grants: [...grants, 'S1/group/staff/administer'],
      },
      { restricted: false, accountIds: [], groupIds: [], complete: true },
      'fail many-edit',
    ],
    [
      'a group that was not read whole',
      {
        groups: { ...all, owners: [] },
        gaps: { memberships: 'memberships-incomplete' },
      },
      {
        restricted: true,
        accountIds: [],
        groupIds: ['owners'],
        complete: true,
      },
      'unknown memberships-incomplete',
    ],
  ])('counts %s', async (_, more, editors, expected) => {
    const policies = [
      { ...infosec, pages: [{ ...infosec.pages[0], editors }] },
    ];
    expect(
      await verdictsOn(
        editRestricted,
        { ...world, groups: all, grants, policies, ...more },
        { most: 1 },
      ),
    ).toEqual({ infosec: expected });
  });

  it('counts who may edit', async () => {
    const groups = { staff: ['ana', 'bo'], writers: ['ana', 'bo'] };
    expect(
      await verdictsOn(editRestricted, { ...world, groups }, { most: 1 }),
    ).toEqual({ infosec: 'unknown editors-not-read' });
  });
});
