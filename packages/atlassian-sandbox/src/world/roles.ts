// SPDX-License-Identifier: Apache-2.0
import { Operation, OPERATIONS } from './grants';
import { uuidOf } from './ids';
import { RoleMode, Space, SpaceGrant, SpaceRole } from './types';

function role(
  type: SpaceRole['type'],
  name: string,
  description: string,
  operations: readonly Operation[],
): SpaceRole {
  return {
    id: uuidOf(`role:${name}`),
    type,
    name,
    description,
    operations,
  };
}

const [read, createPage, createComment] = OPERATIONS.WRITE;

/** The roles of a site with role-based access, from the least to the most; the last is Northwind's own. */
export const SPACE_ROLES: readonly SpaceRole[] = [
  role('SYSTEM', 'Viewer', 'Can look at everything in the space.', [read]),
  role('SYSTEM', 'Collaborator', 'Can add to the space.', [
    read,
    createPage,
    createComment,
  ]),
  role('SYSTEM', 'Manager', 'Can add to the space and remove from it.', [
    ...OPERATIONS.WRITE,
    ['restrict_content', 'space'],
  ]),
  role('SYSTEM', 'Admin', 'Can do everything in the space.', OPERATIONS.ADMIN),
  role('CUSTOM', 'Auditor', 'Can look at the space and take a copy.', [
    read,
    ['export', 'space'],
  ]),
];

/** The role behind an id or a name. */
export function roleOf(name: string): SpaceRole {
  const found = SPACE_ROLES.find(known =>
    [known.id, known.name].includes(name),
  );
  if (!found)
    throw new Error(
      `There is no role "${name}": give the id or the name of one of ${SPACE_ROLES.map(
        known => known.name,
      ).join(', ')}.`,
    );
  return found;
}

/** Who has a role, or had one. */
export type Principal = Pick<SpaceGrant, 'principalType' | 'principalId'>;

const isSame = (a: Principal, b: Principal) =>
  a.principalType === b.principalType && a.principalId === b.principalId;

/** Gives a principal a role in a space, in place of the one it had: nobody has two. */
export function assignRole(
  space: Space,
  { principalType, principalId }: Principal,
  given: SpaceRole,
): void {
  unassignRole(space, { principalType, principalId });
  const last = space.assignments.at(-1)?.id ?? space.id * 1000;
  space.assignments.push({
    id: last + 1,
    principalType,
    principalId,
    role: given,
  });
  expand(space);
}

/** Takes away whatever role a principal has in a space. */
export function unassignRole(space: Space, principal: Principal): void {
  space.assignments = space.assignments.filter(
    assignment => !isSame(assignment, principal),
  );
  expand(space);
}

/** What the roles of a space come down to, kept because every question of access asks for it. */
function expand(space: Space): void {
  space.roleGrants = space.assignments.flatMap(
    ({ id, principalType, principalId, role: { operations } }) =>
      operations.map(([key, targetType], index) => ({
        id: String(id * 100 + index),
        principalType,
        principalId,
        key,
        targetType,
      })),
  );
}

/** What gives access in a space: its permissions, or where the site has roles, what they come down to. */
export function grantsOf(space: Space, mode: RoleMode): readonly SpaceGrant[] {
  return mode === 'ROLES' ? space.roleGrants : space.grants;
}

/**
 * Gives every principal of a space the least role that allows what its permissions allow, as the real
 * site does when it goes over to roles.
 */
export function rolesFromGrants(space: Space): void {
  const principals = new Map<string, SpaceGrant[]>();
  for (const given of space.grants) {
    const name = `${given.principalType}:${given.principalId}`;
    principals.set(name, [...(principals.get(name) ?? []), given]);
  }
  for (const grants of principals.values()) {
    const allows = ({ operations }: SpaceRole) =>
      grants.every(({ key, targetType }) =>
        operations.some(([k, t]) => k === key && t === targetType),
      );
    const least = SPACE_ROLES.find(allows);
    if (least) assignRole(space, grants[0], least);
  }
}
