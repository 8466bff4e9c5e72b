// SPDX-License-Identifier: Apache-2.0
import {
  changes,
  type Example,
  noParameters,
  pinnedErrors,
  searchErrors,
} from './example';
import type { Known } from './examples';

const marked = {
  owner: 'group:default/security',
  reviewEvery: 'P6M',
  rule: { kind: 'groups', groups: ['finance'] },
};

/** An example of every route about groups, spaces, pages and critical systems. */
export function placeExamples({
  group,
  space,
}: Pick<Known, 'group' | 'space'>): Record<string, Example> {
  const inSpace = `/spaces/northwind/${space}`;
  const members = `/groups/northwind/${group}/members`;
  return {
    listGroupChanges: changes(
      `/groups/northwind/${group}`,
      '/groups/northwind/nobodies',
    ),
    listSpaceChanges: changes(inSpace, '/spaces/northwind/NOWHERE'),
    listGroups: { good: '/groups?limit=200', bad: searchErrors('/groups') },
    getGroup: {
      good: `/groups/northwind/${group}`,
      bad: [
        [`/groups/northwind/${group}?asOf=x`, 'asOf'],
        ['/groups/northwind/a%00b', 'groupId'],
      ],
      missing: '/groups/northwind/nobodies',
    },
    listGroupGrants: {
      good: `/groups/northwind/${group}/access?limit=200`,
      bad: pinnedErrors(`/groups/northwind/${group}/access`),
      missing: '/groups/northwind/nobodies/access',
    },
    listGroupMembers: {
      good: members,
      bad: pinnedErrors(members),
      missing: '/groups/northwind/nobodies/members',
    },
    listSpaces: { good: '/spaces?limit=200', bad: searchErrors('/spaces') },
    getSpace: {
      good: inSpace,
      bad: [
        [`${inSpace}?asOf=x`, 'asOf'],
        ['/spaces/northwind/a%00b', 'key'],
        [`/spaces/northwind/${'a'.repeat(300)}`, 'key'],
      ],
      missing: '/spaces/northwind/NOWHERE',
    },
    listSpaceGrants: {
      good: `${inSpace}/access?limit=200`,
      bad: pinnedErrors(`${inSpace}/access`),
      missing: '/spaces/northwind/NOWHERE/access',
    },
    listPages: {
      good: '/pages?label=policy&owner=712020:a&limit=200',
      bad: searchErrors('/pages'),
    },
    listCriticalSystems: {
      good: '/critical-systems',
      bad: noParameters('/critical-systems'),
    },
    markCriticalSystem: {
      good: `/critical-systems/northwind?space=${space}`,
      body: marked,
      bad: [
        ['/critical-systems/northwind?space=', 'space'],
        ['/critical-systems/northwind?key=A', 'key'],
        [
          '/critical-systems/northwind',
          'reviewEvery',
          { ...marked, reviewEvery: '6 months' },
        ],
        [
          '/critical-systems/northwind',
          'reviewEvery',
          { ...marked, reviewEvery: 'P0M' },
        ],
        ['/critical-systems/northwind', 'owner', { ...marked, owner: 'lena' }],
        [
          '/critical-systems/northwind',
          'groups',
          { ...marked, rule: { kind: 'groups', groups: [] } },
        ],
        ['/critical-systems/northwind', 'note', { ...marked, note: 'PCI' }],
      ],
      missing: '/critical-systems/northwind?space=NOWHERE',
    },
    unmarkCriticalSystem: {
      good: `/critical-systems/northwind?space=${space}`,
      bad: [['/critical-systems/northwind?space=', 'space']],
      missing: '/critical-systems/nowhere',
    },
  };
}
