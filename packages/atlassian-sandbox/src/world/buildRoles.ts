// SPDX-License-Identifier: Apache-2.0
import { DEMO_ASSIGNMENTS } from './demo/roles';
import { accountIdOf } from './ids';
import { assignRole, roleOf, rolesFromGrants } from './roles';
import { World } from './World';

/** Gives every space the roles that count where a site has role-based access. */
export function buildRoles(world: World): void {
  for (const space of world.spaces.values()) rolesFromGrants(space);
  for (const demo of DEMO_ASSIGNMENTS) {
    const space = world.spaceByKey(demo.space);
    if (!space) throw new Error(`The demo world has no space "${demo.space}".`);
    assignRole(
      space,
      demo.accessClass
        ? { principalType: 'access-class', principalId: demo.accessClass }
        : {
            principalType: 'user',
            principalId: accountIdOf(demo.account ?? ''),
          },
      roleOf(demo.role),
    );
  }
}
