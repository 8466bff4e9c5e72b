// SPDX-License-Identifier: Apache-2.0
import {
  type ConfluenceWriter,
  listPages,
  type ListPage,
  NotVisibleError,
} from '@confluence-compliance/atlassian-client';
import { CannotRemove } from './rows';

/** What a principal is granted in a space, as the site says it now. */
export interface GrantNow {
  /** `user`, `group`, `access-class`, or a word of Atlassian's that we do not know. */
  type: string;
  id: string;
  /** Operation and target, such as `administer space`; sorted. */
  operations: string[];
  /** Id of the permission to read the space, where access is by permissions. */
  readPermission?: string;
  /** Ids of the roles that give it, where access is by roles. */
  roles: string[];
}

/** A space as it is now. */
export interface SpaceNow {
  by: 'permissions' | 'roles';
  grants: GrantNow[];
}

/** How the modes that a site names give access; in any other nobody knows what a request would do. */
const MODES = new Map<string, SpaceNow['by']>([
  ['PRE_ROLES', 'permissions'],
  ['ROLES', 'roles'],
]);

/** What principals are granted, put together. */
class Grants {
  readonly #found = new Map<string, GrantNow>();

  of(type: string, id: string, operations: string[]): GrantNow {
    const key = `${type}/${id}`;
    const known = this.#found.get(key);
    const one = known ?? { type, id, operations: [], roles: [] };
    one.operations = [...new Set([...one.operations, ...operations])].sort();
    this.#found.set(key, one);
    return one;
  }

  all(): GrantNow[] {
    return [...this.#found.values()];
  }
}

/** Spaces of a site as they are now, read with the credential that changes them. */
export class SpaceGrants {
  readonly #site: ConfluenceWriter;
  readonly #spaces = new Map<string, SpaceNow>();
  #me?: string;
  #by?: SpaceNow['by'];
  #roles?: Map<string, string[]>;

  constructor(site: ConfluenceWriter) {
    this.#site = site;
  }

  /** Account id of the credential. */
  async me(): Promise<string> {
    this.#me ??= (await this.#site.currentUser()).accountId;
    return this.#me;
  }

  /** Ids of the accounts that are in a group now, page by page. */
  async *membersOf(group: string): AsyncGenerator<string[]> {
    const pages = listPages(cursor =>
      this.#site.groupMembers(group, { cursor }),
    );
    for await (const { items } of pages) {
      yield items.map(({ accountId }) => accountId);
    }
  }

  async keyOf(spaceId: string): Promise<string> {
    return (await this.#site.space(spaceId)).key;
  }

  /**
   * What stands in a space, `fresh` or as read before.
   *
   * @throws CannotRemove where not all of it can be read, and what reading throws
   */
  async in(spaceId: string, { fresh }: { fresh: boolean }): Promise<SpaceNow> {
    const known = fresh ? undefined : this.#spaces.get(spaceId);
    if (known) {
      return known;
    }
    this.#by ??= await this.#mode();
    const by = this.#by;
    const grants =
      by === 'roles'
        ? await this.#byRoles(spaceId)
        : await this.#byPermissions(spaceId);
    const now = { by, grants };
    this.#spaces.set(spaceId, now);
    return now;
  }

  async #mode(): Promise<SpaceNow['by']> {
    let mode: string;
    try {
      mode = await this.#site.spaceRoleMode();
    } catch (error) {
      // A site that does not know of modes has no roles.
      if (error instanceof NotVisibleError) {
        return 'permissions';
      }
      throw error;
    }
    const by = MODES.get(mode);
    if (!by) {
      throw new CannotRemove('mode-unknown');
    }
    return by;
  }

  async #byPermissions(spaceId: string): Promise<GrantNow[]> {
    const permissions = await whole(cursor =>
      this.#site.spacePermissions(spaceId, { cursor }),
    );
    const found = new Grants();
    for (const { id, principal, operation } of permissions) {
      const { key, targetType } = operation;
      const one = found.of(principal.type, principal.id, [
        `${key} ${targetType}`,
      ]);
      if (key === 'read' && targetType === 'space') {
        one.readPermission = id;
      }
    }
    return found.all();
  }

  async #byRoles(spaceId: string): Promise<GrantNow[]> {
    this.#roles ??= new Map(
      (await whole(cursor => this.#site.spaceRoles({ cursor }))).map(role => [
        role.id,
        role.spacePermissions.map(operationOf),
      ]),
    );
    const assignments = await whole(cursor =>
      this.#site.spaceRoleAssignments(spaceId, { cursor }),
    );
    const found = new Grants();
    for (const { principalType, principalId, roleId } of assignments) {
      const operations = this.#roles.get(roleId);
      if (!operations) {
        throw new CannotRemove('role-unknown');
      }
      found.of(principalType, principalId, operations).roles.push(roleId);
    }
    return found.all();
  }
}

/** A permission of a role, such as `create/page`, as reviews have it. */
function operationOf(permission: string): string {
  const [operation, ...target] = permission.split('/');
  return `${operation} ${target.join('/')}`;
}

/** A list to its end; one with records that cannot be read could hide what matters. */
async function whole<T>(
  read: (cursor: string | undefined) => Promise<ListPage<T>>,
): Promise<T[]> {
  const all: T[] = [];
  for await (const { items, malformed } of listPages(read)) {
    if (malformed.length > 0) {
      throw new CannotRemove('not-read');
    }
    all.push(...items);
  }
  return all;
}
