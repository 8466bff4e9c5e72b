// SPDX-License-Identifier: Apache-2.0
import type { ListPage } from '@confluence-compliance/atlassian-client';
import type { GrantSource, SpaceGrants } from '../plan';
import type { ListPlace } from '../walk';
import type { RunContext } from '../RunContext';
import { type GrantRow, rowOfPermission, rowsOfAssignment } from './grantRows';
import { isWithheld } from './spaceRoles';

/** A page of what is granted in a space. */
export interface GrantsPage extends ListPage<GrantRow> {
  /** The roles of this space could not be read: its permissions stand in for them. */
  standIn?: boolean;
  /** A role was given that the site did not list, so that nobody knows what it allows. */
  roleUnknown?: boolean;
}

/** Where a page comes from: also permissions in place of roles. */
type PageSource = GrantSource | 'stand-in';

/**
 * One list of everything that gives access in a space: whatever there is of it,
 * one after the other, with cursors that say in which.
 */
export function grantPages(
  context: RunContext,
  spaceId: string,
  { from, roles, standIn }: SpaceGrants,
): (place: ListPlace) => Promise<GrantsPage> {
  const { clientFor } = context.parts;
  const client = clientFor('access-review');

  const goOn = (source: GrantSource, next: string | undefined) => {
    const after = next === undefined ? from[from.indexOf(source) + 1] : source;
    return after && `${after}:${next ?? ''}`;
  };

  const permissions = async (place: ListPlace): Promise<GrantsPage> => {
    const page = await client.spacePermissions(spaceId, place);
    const { items, malformed } = page;
    return {
      items: items.map(item => rowOfPermission(spaceId, item)),
      malformed,
      next: page.next,
    };
  };

  const assignments = async (place: ListPlace): Promise<GrantsPage> => {
    const page = await client.spaceRoleAssignments(spaceId, place);
    const { items, malformed } = page;
    const rows = items.map(item => rowsOfAssignment(spaceId, item, roles));
    return {
      items: rows.flatMap(some => some ?? []),
      malformed,
      next: page.next,
      ...(rows.includes(undefined) && { roleUnknown: true }),
    };
  };

  let known: Promise<Map<string, string>> | undefined;
  const inPlaceOfRoles = async (place: ListPlace): Promise<GrantsPage> => {
    const page = await permissions(place);
    known ??= knownRoles(context, spaceId);
    const roleOf = await known;
    return {
      ...page,
      // Permissions do not say by which role they are given.
      items: page.items.map(({ key, payload }) => ({
        key,
        payload: { ...payload, role: roleOf.get(key) ?? null },
      })),
      next: page.next && `stand-in:${page.next}`,
      standIn: true,
    };
  };

  return async ({ cursor, ...rest }) => {
    const first: PageSource = standIn ? 'stand-in' : from[0];
    const [source, at]: [PageSource, string | undefined] = cursor
      ? placeOf(cursor)
      : [first, undefined];
    const place = { ...rest, cursor: at };
    if (source === 'stand-in') {
      return inPlaceOfRoles(place);
    }
    try {
      const page = await (source === 'roles'
        ? assignments(place)
        : permissions(place));
      return { ...page, next: goOn(source, page.next) };
    } catch (error) {
      if (source !== 'roles' || at !== undefined || !isWithheld(error)) {
        throw error;
      }
      return inPlaceOfRoles(place);
    }
  };
}

/** By which role something was known to be granted in a space, by its key. */
async function knownRoles(
  { parts: { history, connection: source, head } }: RunContext,
  container: string,
): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  const filter = { source, container, asOf: head };
  for await (const rows of history.rows('grants', filter)) {
    for (const { key, payload } of rows) {
      if (payload.role) {
        known.set(key, payload.role);
      }
    }
  }
  return known;
}

function placeOf(cursor: string): [PageSource, string | undefined] {
  const end = cursor.indexOf(':');
  const source = cursor.slice(0, end) as PageSource;
  return [source, cursor.slice(end + 1) || undefined];
}
