// SPDX-License-Identifier: Apache-2.0
import {
  CredentialRefusedError,
  listPages,
  MissingScopeError,
  NotVisibleError,
  type SpaceRole,
} from '@confluence-compliance/atlassian-client';
import type { GrantSource, SpaceGrants } from '../plan';
import { isFatal } from '../reasons';
import type { RunContext } from '../RunContext';

/** What gives access in spaces where there are roles, by the mode of a site. */
const SOURCES = new Map<string, readonly GrantSource[]>([
  ['ROLES', ['roles']],
  // What was not given a role yet still counts as the permission that it is.
  ['ROLES_TRANSITION', ['permissions', 'roles']],
]);

/** What stands where a site has no roles. */
export const PERMISSIONS: SpaceGrants = { from: ['permissions'], roles: {} };

/** What stands where nobody can say whether a site has roles, or what they are. */
const STAND_IN: SpaceGrants = { ...PERMISSIONS, standIn: true };

/** Whether something is withheld from this credential, or not known to this site at all. */
export function isWithheld(error: unknown): boolean {
  return (
    !isFatal(error) &&
    (error instanceof NotVisibleError ||
      error instanceof MissingScopeError ||
      error instanceof CredentialRefusedError)
  );
}

/**
 * What gives access in the spaces of the site, asked once in a run. Permissions
 * stand in for roles that this credential may not read.
 *
 * @throws what stopped the question; it is asked again by whoever comes next
 */
export async function spaceGrantsOf(context: RunContext): Promise<SpaceGrants> {
  const { plan, savePlan } = context.parts;
  if (!plan.spaceGrants) {
    plan.spaceGrants = await ask(context);
    await savePlan(plan);
  }
  return plan.spaceGrants;
}

async function ask(context: RunContext): Promise<SpaceGrants> {
  const { clientFor, signal } = context.parts;
  const client = clientFor('access-review');
  let mode: string;
  try {
    mode = await client.spaceRoleMode({ signal });
  } catch (error) {
    if (error instanceof NotVisibleError) {
      // A site that does not know of modes has no roles; one that had some kept its mode from us.
      return (await knowsRoles(context)) ? STAND_IN : PERMISSIONS;
    }
    return orPermissions(error);
  }
  const from = SOURCES.get(mode);
  if (!from) {
    return mode === 'PRE_ROLES' ? PERMISSIONS : STAND_IN;
  }
  try {
    const roles: SpaceGrants['roles'] = {};
    for await (const { items } of listPages(cursor =>
      client.spaceRoles({ cursor, signal }),
    )) {
      context.checkpoint();
      for (const role of items) {
        roles[role.id] = { name: role.name, allows: allowedBy(role) };
      }
    }
    return { from: [...from], roles };
  } catch (error) {
    return orPermissions(error);
  }
}

/** Whether anything was known to be granted by a role. */
async function knowsRoles({ parts }: RunContext): Promise<boolean> {
  const { history, connection: source, head } = parts;
  const filter = { source, asOf: head };
  for await (const rows of history.rows('grants', filter)) {
    if (rows.some(({ payload: { role } }) => typeof role === 'string')) {
      return true;
    }
  }
  return false;
}

function orPermissions(error: unknown): SpaceGrants {
  if (!isWithheld(error)) {
    throw error;
  }
  return STAND_IN;
}

/** Operation and target of each permission of a role, such as `create/page`. */
function allowedBy({ spacePermissions }: SpaceRole): [string, string][] {
  return spacePermissions.map(permission => {
    const [operation, ...target] = permission.split('/');
    return [operation, target.join('/')];
  });
}
