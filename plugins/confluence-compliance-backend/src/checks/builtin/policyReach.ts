// SPDX-License-Identifier: Apache-2.0
import type {
  CheckGrant,
  CheckMembership,
  CheckPolicy,
  CheckRows,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';

/** Classes that hold everybody who may use the site. */
const EVERYBODY = [
  'all-licensed-users',
  'authenticated-users',
  'anonymous-users',
];

const WAYS = ['read', 'edit', 'administer'] as const;

type Ways = (typeof WAYS)[number];

/** What audiences are told from. */
export interface Reach {
  grants(connection: string, only: { spaceId: string }): CheckRows<CheckGrant>;
  /** Of these groups at least. */
  memberships(
    connection: string,
    groupIds: string[],
  ): CheckRows<CheckMembership>;
}

/** Who may read a space, edit its pages, or administer it, by its permissions. */
export interface SpaceAudience {
  /** Accounts, by themselves or in a group. */
  accounts: Record<Ways, Set<string>>;
  /** Access classes, and principals of a kind that is not known. */
  classes: Record<Ways, Set<string>>;
}

/** Whom a page lets edit by its own restriction. */
export type PageRestriction = NonNullable<
  CheckPolicy['pages'][number]['editors']
>;

/** Who may edit a page. */
export interface PageEditors {
  /** Accounts, of which some may be kept out by a restriction that was not read whole. */
  accounts: Set<string>;
  /** Access classes, and principals of a kind that is not known, that may edit as well. */
  classes: Set<string>;
  /** Whether the restriction of the page itself is known whole. */
  isWhole: boolean;
}

const none = (): Record<Ways, Set<string>> => ({
  read: new Set(),
  edit: new Set(),
  administer: new Set(),
});

/** The audiences of some spaces, and the members of some groups, in one pass over the memberships. */
export async function audiencesOf(
  data: Reach,
  connection: string,
  spaceIds: Iterable<string>,
  groupIds: Iterable<string> = [],
): Promise<{
  spaces: Map<string, SpaceAudience>;
  groups: Map<string, Set<string>>;
}> {
  const audiences = new Map<string, SpaceAudience>();
  /** What being in a group adds to. */
  const adds = new Map<string, Set<Set<string>>>();
  for (const spaceId of spaceIds) {
    const { accounts, classes } = { accounts: none(), classes: none() };
    for await (const rows of data.grants(connection, { spaceId })) {
      for (const { payload } of rows) {
        const { principalType, principalId } = payload;
        for (const way of waysOf(payload)) {
          if (principalType === 'group') {
            const to = adds.get(principalId) ?? new Set();
            adds.set(principalId, to.add(accounts[way]));
          } else {
            const to = principalType === 'account' ? accounts : classes;
            to[way].add(principalId);
          }
        }
      }
    }
    audiences.set(spaceId, { accounts, classes });
  }
  const groups = new Map<string, Set<string>>();
  for (const groupId of groupIds) {
    const members = groups.get(groupId) ?? new Set();
    groups.set(groupId, members);
    adds.set(groupId, (adds.get(groupId) ?? new Set()).add(members));
  }
  for await (const rows of data.memberships(connection, [...adds.keys()])) {
    for (const { groupId, accountId } of rows.map(row => row.payload)) {
      adds.get(groupId)?.forEach(accounts => accounts.add(accountId));
    }
  }
  return { spaces: audiences, groups };
}

/** A restriction that names a group that nobody sees is not known whole. */
export function knownPart(
  restriction: PageRestriction,
  seen: ReadonlySet<string>,
): PageRestriction {
  const { groupIds, complete } = restriction;
  return {
    ...restriction,
    complete: complete && groupIds.every(id => seen.has(id)),
  };
}

/**
 * Who may edit a page: whoever may edit pages of its space, and is named by the page where it names
 * any. Whoever administers the space can lift that, and counts.
 */
export function pageEditors(
  space: SpaceAudience,
  groups: ReadonlyMap<string, Set<string>>,
  restriction: PageRestriction | undefined,
): PageEditors {
  const { accounts, classes } = space;
  if (!restriction?.restricted || !restriction.complete) {
    return {
      accounts: accounts.edit,
      classes: classes.edit,
      isWhole: restriction?.restricted === false,
    };
  }
  const { accountIds, groupIds } = restriction;
  const named = [
    ...accountIds,
    ...groupIds.flatMap(id => [...(groups.get(id) ?? [])]),
  ];
  // A class may hold any of them.
  const may = (id: string) => classes.edit.size > 0 || accounts.edit.has(id);
  return {
    accounts: new Set([...named.filter(may), ...accounts.administer]),
    classes: classes.administer,
    isWhole: true,
  };
}

/** Whether a class is among them that holds everybody who may use the site. */
export function isOpenToAll(classes: Set<string>): boolean {
  return EVERYBODY.some(name => classes.has(name));
}

/** Whoever may create a page may edit those of others, and an administrator can let oneself. */
function waysOf({ operation, target }: CheckGrant): Ways[] {
  if (operation === 'administer' && target === 'space') {
    return [...WAYS];
  }
  if (target === 'page' && ['create', 'update'].includes(operation)) {
    return ['edit'];
  }
  return operation === 'read' && target === 'space' ? ['read'] : [];
}
