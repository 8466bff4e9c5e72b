// SPDX-License-Identifier: Apache-2.0
import type {
  CheckData,
  CheckGrant,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';

/** Classes that hold everybody who may use the site. */
const EVERYBODY = [
  'all-licensed-users',
  'authenticated-users',
  'anonymous-users',
];

type Ways = 'read' | 'edit';

/** Who may read a space, or edit its pages, by its permissions. */
export interface SpaceAudience {
  /** Accounts, by themselves or in a group. */
  accounts: Record<Ways, Set<string>>;
  /** Access classes, and principals of a kind that is not known. */
  classes: Record<Ways, Set<string>>;
}

const none = (): Record<Ways, Set<string>> => ({
  read: new Set(),
  edit: new Set(),
});

/** The audiences of some spaces, in one pass over the memberships. */
export async function audiencesOf(
  data: CheckData,
  connection: string,
  spaceIds: Iterable<string>,
): Promise<Map<string, SpaceAudience>> {
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
  for await (const rows of data.memberships(connection)) {
    for (const { groupId, accountId } of rows.map(row => row.payload)) {
      adds.get(groupId)?.forEach(accounts => accounts.add(accountId));
    }
  }
  return audiences;
}

/** Whether a class is among them that holds everybody who may use the site. */
export function isOpenToAll(classes: Set<string>): boolean {
  return EVERYBODY.some(name => classes.has(name));
}

/** Whoever may create a page may edit those of others, and an administrator can let oneself. */
function waysOf({ operation, target }: CheckGrant): Ways[] {
  if (operation === 'administer' && target === 'space') {
    return ['read', 'edit'];
  }
  if (target === 'page' && ['create', 'update'].includes(operation)) {
    return ['edit'];
  }
  return operation === 'read' && target === 'space' ? ['read'] : [];
}
