// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceComplianceApi } from '../api';
import {
  accounts,
  group,
  groupDetail,
  groupGrants,
  groups,
  hostile,
  pageOf,
} from './fixtures';
import { refuse } from './states/refused';

type Answer = <T>(value: T) => Promise<T>;

const hostileGroup = group({
  groupId: 'g-hostile',
  name: `${hostile} ${'longname'.repeat(40)}`,
  managedBy: hostile,
  usageType: hostile,
  entityRef: undefined,
});

/** Groups over invented data. */
export function createFixedGroups(answer: Answer) {
  const everything = [...groups, hostileGroup];
  return {
    listGroups: (query = {}) =>
      answer(
        pageOf(
          everything.filter(
            ({ name }) =>
              !query.q || name.toLowerCase().includes(query.q.toLowerCase()),
          ),
        ),
      ),
    getGroup: (_connection, groupId) => {
      const found = everything.find(item => item.groupId === groupId);
      return found
        ? answer(groupDetail(found))
        : refuse(404, `There is no group ${groupId}.`);
    },
    listGroupGrants: () => answer(pageOf(groupGrants)),
    listGroupMembers: (_connection, _groupId, query) =>
      query?.cursor
        ? answer(pageOf(accounts.slice(4), { totalItems: accounts.length }))
        : answer(
            pageOf(accounts.slice(0, 4), {
              totalItems: accounts.length,
              pageInfo: { nextCursor: 'next' },
            }),
          ),
  } satisfies Partial<ConfluenceComplianceApi>;
}
