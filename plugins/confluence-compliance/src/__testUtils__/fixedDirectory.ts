// SPDX-License-Identifier: Apache-2.0
import type { FindingsQuery } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ConfluenceComplianceApi } from '../api';
import {
  account,
  accountDetail,
  accounts,
  finding,
  hiddenAccount,
  hostile,
  openSpace,
  pageOf,
  spaceDetail,
  spaces,
  unreadSpace,
  unreadSpaceDetail,
} from './fixtures';
import {
  grant,
  grants,
  openSpaceGrants,
  shutOutGrants,
  spaceGrants,
  spaceResource,
} from './fixtures/grants';
import { refuse } from './states/refused';

type Answer = <T>(value: T) => Promise<T>;

const hostileAccount = account({
  accountId: '557058:hostile',
  name: `${hostile} ${'longname'.repeat(40)}`,
  email: `${'x'.repeat(300)}@northwind.example`,
  status: hostile,
  groups: 2,
  person: { ref: hostile, how: hostile },
  entityRef: undefined,
});

/** The split of the 1 284 accounts that the first page says there are. */
const counts: Record<string, number> = {
  active: 1201,
  suspended: 4,
  deactivated: 47,
  removed: 1,
  closed: 31,
  unlinked: 23,
};

const hostileSpace = spaceDetail({
  spaceId: '66000',
  key: 'HOSTILE',
  name: `${hostile} ${'longname'.repeat(40)}`,
  type: hostile,
  status: hostile,
  anonymous: true,
});

/** Findings about one account or one resource. */
export function findingsAbout({ account: id, resource }: FindingsQuery) {
  if (id === '557058:ana') {
    return [
      finding(),
      finding({
        id: 'finding-rule',
        checkId: 'access.critical-system-valid',
        severity: 'high',
        verdict: 'warning',
        reason: {
          code: 'outside',
          text: 'Is in none of the groups payments, payments-leads.',
        },
        resource: spaceResource,
      }),
    ];
  }
  if (resource === 'space:65540') {
    return [
      finding({
        id: 'finding-open',
        checkId: 'space.no-anonymous',
        reason: {
          code: 'anonymous',
          text: 'Anybody on the internet can read it.',
        },
        subject: {
          kind: 'space',
          connection: 'northwind',
          id: '65540',
          title: 'Northwind help',
        },
        person: undefined,
      }),
    ];
  }
  if (resource === 'space:65537') {
    return [
      finding({
        id: 'finding-rule',
        checkId: 'access.critical-system-valid',
        severity: 'high',
        verdict: 'warning',
        reason: {
          code: 'outside',
          text: 'Is in none of the groups payments, payments-leads.',
        },
        account: {
          connection: 'northwind',
          accountId: '557058:ana',
          name: 'Ana Lindqvist',
        },
      }),
    ];
  }
  return [];
}

/** Accounts and spaces over invented data. */
export function createFixedDirectory(answer: Answer) {
  const everybody = [...accounts, hostileAccount];
  const everything = [...spaces, hostileSpace];
  return {
    listAccounts: (query = {}) => {
      const shown = everybody.filter(
        ({ name, class: accountClass, status, person, findings }) =>
          (!query.q || name?.toLowerCase().includes(query.q.toLowerCase())) &&
          (!query.class || accountClass === query.class) &&
          (!query.status || status === query.status) &&
          (!query.findings || findings > 0) &&
          (!query.person || (query.person === 'linked') === !!person),
      );
      if (query.limit === 1) {
        return answer(
          pageOf([], {
            totalItems: counts[query.person ?? query.status ?? ''] ?? 0,
          }),
        );
      }
      const hasMore = shown.length === everybody.length;
      return answer(
        pageOf(shown, {
          totalItems: hasMore ? 1284 : shown.length,
          pageInfo: hasMore ? { nextCursor: 'next' } : {},
        }),
      );
    },
    getAccount: (_connection, accountId) => {
      const found = everybody.find(item => item.accountId === accountId);
      return found
        ? answer(
            accountDetail(
              accountId === '557058:ana'
                ? {}
                : {
                    ...found,
                    access:
                      accountId === hiddenAccount.accountId
                        ? {
                            seen: 0,
                            unknown: {
                              code: 'scope-missing',
                              text: 'The scope read:space.permission:confluence is missing.',
                            },
                          }
                        : { seen: 0 },
                  },
            ),
          )
        : refuse(404, `There is no account ${accountId}.`);
    },
    listAccountGrants: (_connection, accountId, query) => {
      if (accountId !== '557058:ana') {
        const isActive = everybody.some(
          item => item.accountId === accountId && item.status === 'active',
        );
        return answer(pageOf(isActive ? [] : shutOutGrants));
      }
      return query?.cursor
        ? answer(pageOf([grant({ level: 'view' })], { totalItems: 4 }))
        : answer(
            pageOf(grants, {
              totalItems: 4,
              pageInfo: { nextCursor: 'next' },
            }),
          );
    },
    listSpaces: (query = {}) => {
      const shown = everything.filter(
        ({ name, type, status }) =>
          (!query.q || name.toLowerCase().includes(query.q.toLowerCase())) &&
          (!query.type || type === query.type) &&
          (!query.status || status === query.status),
      );
      return answer(pageOf(shown));
    },
    getSpace: (_connection, key) => {
      if (key === unreadSpace.key) {
        return answer(unreadSpaceDetail);
      }
      const found = everything.find(item => item.key === key);
      const detail = spaceDetail(found);
      return found
        ? answer({
            ...detail,
            reach: { ...detail.reach, anonymous: found.anonymous },
          })
        : refuse(404, `There is no space ${key}.`);
    },
    listSpaceGrants: (_connection, key) =>
      answer(
        pageOf(
          key === unreadSpace.key
            ? []
            : [
                ...(key === openSpace.key ? openSpaceGrants : []),
                ...spaceGrants,
                {
                  ...spaceGrants[1],
                  principal: {
                    kind: 'group' as const,
                    id: 'g-hostile',
                    name: `${hostile} ${'longname'.repeat(30)}`,
                  },
                  level: 'other' as const,
                  operations: [],
                },
              ],
        ),
      ),
  } satisfies Partial<ConfluenceComplianceApi>;
}
