// SPDX-License-Identifier: Apache-2.0
import { Answer, ApiRequest, Endpoint, ok, roleModeOf } from '../../api';
import { spacePaths } from '../../world/access';
import {
  assignRole,
  Principal,
  SPACE_ROLES,
  unassignRole,
} from '../../world/roles';
import { SpaceGrant, SpaceRole } from '../../world/types';
import { invalid, notFound } from './paging';
import { v2Assignment } from './shapes';
import { spaceOf } from './spaces';

const TYPES: Readonly<Record<string, SpaceGrant['principalType']>> = {
  USER: 'user',
  GROUP: 'group',
  ACCESS_CLASS: 'access-class',
};

interface Change {
  principal: Principal;
  /** Absent: whatever role it has is taken away. */
  role?: SpaceRole;
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? Reflect.get(value, name)
    : undefined;

function changeOf(entry: unknown): Change {
  const principal = fieldOf(entry, 'principal');
  const principalType = TYPES[String(fieldOf(principal, 'principalType'))];
  const principalId = fieldOf(principal, 'principalId');
  const roleId = fieldOf(entry, 'roleId');
  if (!principalType || typeof principalId !== 'string' || !principalId)
    throw invalid(`'principal' must have 'principalType' and 'principalId'`);
  const role = SPACE_ROLES.find(({ id }) => id === roleId);
  if (roleId !== undefined && !role) throw invalid(`No role {${roleId}}`);
  return { principal: { principalType, principalId }, role };
}

/** Gives and takes roles in a space, all or none; answers the assignments that it gave. */
function setAssignments(request: ApiRequest): Answer {
  const { world, caller, body, siteUrl } = request;
  const mode = roleModeOf(request);
  if (mode !== 'ROLES') throw notFound();
  const space = spaceOf(request);
  if (spacePaths(caller.account, space, mode, 'administer').length === 0)
    throw notFound();
  if (!Array.isArray(body)) throw invalid('The body must be a list');
  const changes = body.map(changeOf);
  for (const { principal, role } of changes) {
    if (role) assignRole(space, principal, role);
    else unassignRole(space, principal);
  }
  world.revision++;
  const results = changes.flatMap(({ principal, role }) =>
    role ? v2Assignment({ ...principal, id: 0, role }) : [],
  );
  return ok({ results, _links: { base: `${siteUrl}/wiki` } });
}

export const roleChangeEndpoints: readonly Endpoint[] = [
  {
    method: 'POST',
    template: '/wiki/api/v2/spaces/{id}/role-assignments',
    guard: 'site',
    scopes: [['write:space.permission:confluence']],
    answer: setAssignments,
  },
];
