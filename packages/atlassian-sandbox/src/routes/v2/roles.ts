// SPDX-License-Identifier: Apache-2.0
import { Answer, ApiRequest, Endpoint, ok, roleModeOf } from '../../api';
import { Order } from '../../cursor';
import { SPACE_ROLES } from '../../world/roles';
import { RoleAssignment, SpaceRole } from '../../world/types';
import { invalid, notFound, v2Page } from './paging';
import { v2Get } from './endpoint';
import { v2Assignment, v2Role } from './shapes';
import { spaceOf } from './spaces';

const ROLE_ORDER: Order<SpaceRole> = {
  key: role => SPACE_ROLES.indexOf(role),
  id: role => SPACE_ROLES.indexOf(role),
  descending: false,
};

const ASSIGNMENT_ORDER: Order<RoleAssignment> = {
  key: ({ id }) => id,
  id: ({ id }) => id,
  descending: false,
};

/** A site without role-based access knows nothing of these paths. */
function checkRoles(request: ApiRequest): void {
  if (roleModeOf(request) !== 'ROLES') throw notFound();
}

function listRoles(request: ApiRequest): Answer {
  checkRoles(request);
  const { query } = request;
  const spaceId = query.get('space-id');
  // Every role can be given in every space, so the space need only be one that the caller sees.
  if (spaceId !== null)
    spaceOf({ ...request, params: { ...request.params, id: spaceId } });
  if (query.has('principal-id') || query.has('principal-type'))
    throw invalid('The sandbox does not list roles by their principals');
  const type = query.get('role-type');
  const found = SPACE_ROLES.filter(role => type === null || role.type === type);
  return v2Page(request, '/space-roles', found, ROLE_ORDER, v2Role);
}

function oneRole(request: ApiRequest): Answer {
  checkRoles(request);
  const { params, siteUrl } = request;
  const found = SPACE_ROLES.find(({ id }) => id === params.id);
  if (!found) throw notFound();
  return ok({ ...v2Role(found), _links: { base: `${siteUrl}/wiki` } });
}

function listAssignments(request: ApiRequest): Answer {
  checkRoles(request);
  const { query } = request;
  const space = spaceOf(request);
  if (query.has('principal-id') !== query.has('principal-type'))
    throw invalid(`'principal-id' and 'principal-type' go together`);
  const shaped = (assignment: RoleAssignment) => {
    const { principal, roleId } = v2Assignment(assignment);
    return {
      'role-id': roleId,
      'role-type': assignment.role.type,
      'principal-id': principal.principalId,
      'principal-type': principal.principalType,
    };
  };
  const found = space.assignments.filter(assignment =>
    Object.entries(shaped(assignment)).every(
      ([name, value]) => (query.get(name) ?? value) === value,
    ),
  );
  return v2Page(
    request,
    `/spaces/${space.id}/role-assignments`,
    found,
    ASSIGNMENT_ORDER,
    v2Assignment,
  );
}

const PERMISSION = 'read:space.permission:confluence';

export const roleEndpoints: readonly Endpoint[] = [
  v2Get('/space-role-mode', 'read:configuration:confluence', request =>
    ok({ mode: roleModeOf(request) }),
  ),
  v2Get('/space-roles', PERMISSION, listRoles),
  v2Get('/space-roles/{id}', PERMISSION, oneRole),
  v2Get('/spaces/{id}/role-assignments', PERMISSION, listAssignments),
];
