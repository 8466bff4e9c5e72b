// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { id, optionalText, word } from './fields';

/**
 * A role that can be given in a space, on a site with role-based access.
 *
 * @public
 */
export interface SpaceRole {
  /** Id of the role. */
  id: string;
  /** Name of the role, as people typed it where it is their own. */
  name: string;
  /** `SYSTEM` (Atlassian's), `CUSTOM` (the site's own), or something new. */
  type?: string;
  /** What the role is for. */
  description?: string;
  /** Ids of what it lets its holders do, such as `read/space`: operation and target. */
  spacePermissions: string[];
}

/**
 * Who has which role in a space.
 *
 * @public
 */
export interface SpaceRoleAssignment {
  /** `user`, `group`, `access-class`, or something new: the words of {@link SpacePermission}. */
  principalType: string;
  /** Account id, group id, or the name of an access class, such as `anonymous-users`. */
  principalId: string;
  /** Id of the role. */
  roleId: string;
}

export const spaceRoleModeSchema = z
  .object({ mode: word })
  .transform(({ mode }) => mode);

/** A role of which we do not know what it allows is not one that allows nothing. */
export const spaceRoleSchema: z.ZodType<SpaceRole> = z.object({
  id,
  name: z.string(),
  type: optionalText,
  description: optionalText,
  spacePermissions: z.array(
    z
      .string()
      .max(100)
      .regex(/^[^\p{Cc}\p{Cs}]+$/u),
  ),
});

export const spaceRoleAssignmentSchema: z.ZodType<SpaceRoleAssignment> = z
  .object({
    principal: z.object({ principalType: word, principalId: id }),
    roleId: id,
  })
  .transform(({ principal: { principalType, principalId }, roleId }) => ({
    // The permissions of a space say the same in small letters and with hyphens.
    principalType: principalType.toLowerCase().replaceAll('_', '-'),
    principalId,
    roleId,
  }));
