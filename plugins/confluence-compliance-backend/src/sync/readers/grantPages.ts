// SPDX-License-Identifier: Apache-2.0
import type { ListPage } from '@confluence-compliance/atlassian-client';
import type { GrantSource, SpaceGrants } from '../plan';
import type { RunContext } from '../RunContext';
import { type GrantRow, rowOfPermission, rowsOfAssignment } from './grantRows';
import { isKept } from './spaceRoles';

/** A page of what is granted in a space. */
export interface GrantsPage extends ListPage<GrantRow> {
  /** The roles of this space could not be read: its permissions stand in for them. */
  standIn?: boolean;
  /** A role was given that the site did not list, so that nobody knows what it allows. */
  roleUnknown?: boolean;
}

/**
 * One list of everything that gives access in a space: whatever there is of it,
 * one after the other, with cursors that say in which.
 */
export function grantPages(
  { parts: { clientFor, signal } }: RunContext,
  spaceId: string,
  { from, roles }: SpaceGrants,
): (cursor: string | undefined) => Promise<GrantsPage> {
  const client = clientFor('access-review');

  const goOn = (source: GrantSource, next: string | undefined) => {
    const after = next === undefined ? from[from.indexOf(source) + 1] : source;
    const ends = after === undefined || !from.includes(source);
    return ends && next === undefined ? undefined : `${after}:${next ?? ''}`;
  };

  const permissions = async (cursor?: string): Promise<GrantsPage> => {
    const page = await client.spacePermissions(spaceId, { cursor, signal });
    const { items, malformed } = page;
    return {
      items: items.map(item => rowOfPermission(spaceId, item)),
      malformed,
      next: goOn('permissions', page.next),
    };
  };

  const assignments = async (cursor?: string): Promise<GrantsPage> => {
    const page = await client.spaceRoleAssignments(spaceId, { cursor, signal });
    const { items, malformed } = page;
    const rows = items.map(item => rowsOfAssignment(spaceId, item, roles));
    return {
      items: rows.flatMap(some => some ?? []),
      malformed,
      next: goOn('roles', page.next),
      ...(rows.includes(undefined) && { roleUnknown: true }),
    };
  };

  return async cursor => {
    const [source, at] = cursor ? placeOf(cursor) : [from[0], undefined];
    if (source === 'permissions') {
      return permissions(at);
    }
    try {
      return await assignments(at);
    } catch (error) {
      if (at !== undefined || !isKept(error)) {
        throw error;
      }
      const listed = from.includes('permissions');
      return {
        ...(listed ? { items: [], malformed: [] } : await permissions()),
        standIn: true,
      };
    }
  };
}

function placeOf(cursor: string): [GrantSource, string | undefined] {
  const end = cursor.indexOf(':');
  const source = cursor.slice(0, end) === 'roles' ? 'roles' : 'permissions';
  return [source, cursor.slice(end + 1) || undefined];
}
