// SPDX-License-Identifier: Apache-2.0
import {
  Answer,
  ApiRequest,
  Endpoint,
  roleModeOf,
  seesSpace,
  v1Error,
} from '../../api';
import { spacePaths } from '../../world/access';
import { SpaceGrant } from '../../world/types';

const isFor = (grant: SpaceGrant, operation: string) =>
  `${grant.key}/${grant.targetType}` === operation;

/** Takes a permission away; with the one to read the space go all that its principal has in it. */
function remove(request: ApiRequest): Answer {
  const { world, caller, params } = request;
  if (caller.app) return v1Error(403, 'Apps cannot access this resource.');
  const space = [...world.spaces.values()].find(
    ({ key }) => key === params.spaceKey,
  );
  if (!space || !seesSpace(request, space))
    return v1Error(404, 'No space with this key.');
  const mode = roleModeOf(request);
  if (spacePaths(caller.account, space, mode, 'administer').length === 0)
    return v1Error(403, 'Only whoever administers a space changes it.');
  if (mode === 'ROLES')
    return v1Error(400, 'The spaces of this site give access by roles.');
  const found = space.grants.find(({ id }) => id === params.id);
  if (!found) return v1Error(404, 'No permission with this id.');
  const left = space.grants.filter(grant =>
    isFor(found, 'read/space')
      ? grant.principalType !== found.principalType ||
        grant.principalId !== found.principalId
      : grant !== found,
  );
  if (!left.some(grant => isFor(grant, 'administer/space')))
    return v1Error(
      400,
      'All of the admin permissions cannot be removed from a space.',
    );
  space.grants = left;
  world.revision++;
  return { status: 204 };
}

export const spacePermissionEndpoints: readonly Endpoint[] = [
  {
    method: 'DELETE',
    template: '/wiki/rest/api/space/{spaceKey}/permission/{id}',
    guard: 'site',
    scopes: [['write:space.permission:confluence']],
    answer: remove,
  },
];
