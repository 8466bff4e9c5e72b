// SPDX-License-Identifier: Apache-2.0
import {
  listPages,
  NotVisibleError,
  type OrganizationClient,
  type OrganizationUser,
} from '@confluence-compliance/atlassian-client';
import { DIRECT_LOOKS } from '../guards/disappearances';
import type { RunContext } from '../RunContext';

/** More than plain use of a product; few have it, so these are asked for by role. */
export const ROLES = ['atlassian/admin', 'atlassian/user-access-admin'];

/** Roles by account id: `<ARI> <role>`, sorted. */
export type Roles = Record<string, string[]>;

/** What a second reading has found of roles that a first one had not. */
export interface SecondReading {
  /** How many roles the first reading had not named any more. */
  lost: number;
  /** How many of these the second one names. */
  found: number;
  /** Those who still have one. */
  users: OrganizationUser[];
  /** Those whom neither reading names with a role they had, and the roles: `<ARI> <role>`. */
  unnamed: Map<string, string[]>;
  /** The roles of both readings. */
  roles: Roles;
  /** Somebody with a role could not be read. */
  unreadable: boolean;
}

/**
 * Reads the lists again that name somebody no more who had the role: a list that is cut must not take
 * a role from an administrator. Where nobody lost any, nothing is asked.
 *
 * @param source - where the directory stands in the history
 */
export async function readLostAgain(
  context: RunContext,
  client: OrganizationClient,
  { source, roles: first }: { source: string; roles: Roles },
): Promise<SecondReading> {
  const had = await context.parts.history.directoryRoles(source);
  const lost = new Set<string>();
  const lists = new Set<string>();
  for (const [accountId, names] of had) {
    for (const name of names) {
      if (!first[accountId]?.includes(name)) {
        lost.add(nameOf(accountId, name));
        lists.add(name);
      }
    }
  }
  const roles = { ...first };
  const users = new Map<string, OrganizationUser>();
  let found = 0;
  let unreadable = false;
  for (const name of [...lists].sort()) {
    const { items, malformed } = await readList(context, client, name);
    unreadable ||= malformed;
    for (const user of items) {
      const { accountId } = user;
      const known = roles[accountId] ?? [];
      if (!known.includes(name)) {
        roles[accountId] = [...known, name].sort();
        users.set(accountId, user);
      }
      // A user that a list names twice has the role once.
      found += lost.delete(nameOf(accountId, name)) ? 1 : 0;
    }
  }
  const unnamed = new Map<string, string[]>();
  for (const [accountId, names] of had) {
    const gone = names.filter(name => lost.has(nameOf(accountId, name)));
    if (gone.length > 0) {
      unnamed.set(accountId, gone);
    }
  }
  return {
    lost: found + lost.size,
    found,
    unnamed,
    users: [...users.values()],
    roles,
    unreadable,
  };
}

/**
 * Asks some of those whom no list names with their roles any more, one by one: lists that are always
 * cut must not prove one another.
 *
 * @returns whether any of them still has a role
 */
export async function stillHaveRoles(
  context: RunContext,
  client: OrganizationClient,
  unnamed: SecondReading['unnamed'],
): Promise<boolean> {
  const { signal } = context.parts;
  for (const [accountId, names] of [...unnamed].slice(0, DIRECT_LOOKS)) {
    const had = new Set(names);
    const read = (cursor: string | undefined) => {
      context.checkpoint();
      return client.rolesOfUser(accountId, { cursor, signal });
    };
    try {
      for await (const { items, malformed } of listPages(read)) {
        const still = items.some(({ resourceId, roleAssignments }) =>
          roleAssignments.some(({ role }) => had.has(`${resourceId} ${role}`)),
        );
        // What cannot be read may be what is looked for.
        if (still || malformed.length > 0) {
          return true;
        }
      }
    } catch (error) {
      // Whoever is not there any more has no role.
      if (!(error instanceof NotVisibleError)) {
        throw error;
      }
    }
  }
  return false;
}

function nameOf(accountId: string, name: string): string {
  return `${accountId} ${name}`;
}

/** Everybody whom the list of one role names. */
async function readList(
  context: RunContext,
  client: OrganizationClient,
  name: string,
): Promise<{ items: OrganizationUser[]; malformed: boolean }> {
  const [resource, role] = name.split(' ');
  const { signal } = context.parts;
  const items: OrganizationUser[] = [];
  let malformed = false;
  const read = (cursor: string | undefined) => {
    context.checkpoint();
    return client.usersWithRole({
      resourceIds: [resource],
      roleIds: [role],
      cursor,
      signal,
    });
  };
  for await (const page of listPages(read)) {
    items.push(...page.items);
    malformed ||= page.malformed.length > 0;
  }
  return { items, malformed };
}
