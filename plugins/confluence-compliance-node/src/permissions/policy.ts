// SPDX-License-Identifier: Apache-2.0
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  AuthorizeResult,
  isResourcePermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_ACCOUNT,
  RESOURCE_TYPE_CONNECTION,
  RESOURCE_TYPE_REVIEW,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { type ComplianceRole, complianceRoleGrants } from './roles';
import {
  accountConditions,
  connectionConditions,
  createAccountConditionalDecision,
  createConnectionConditionalDecision,
  createReviewConditionalDecision,
  reviewConditions,
} from './rules';

/**
 * Who has a role: full entity refs of groups and users, such as `group:default/security`, or
 * everybody who is signed in.
 *
 * @public
 */
export type ComplianceRoleMembers = string[] | 'everybody';

/** Options of {@link createConfluenceCompliancePolicy}. @public */
export interface ConfluenceCompliancePolicyOptions {
  /** Who has which role. Somebody with several roles may do what any of them may. */
  roles: Partial<Record<ComplianceRole, ComplianceRoleMembers>>;
  /** Decides on the permissions of all other plugins; without it they are denied. */
  otherwise?: PermissionPolicy;
}

const PREFIX = 'confluence-compliance.';
const deny: PolicyDecision = { result: AuthorizeResult.DENY };
const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };

/**
 * A permission policy that decides on the permissions of Confluence Compliance by roles, and hands
 * every other permission to a policy of yours.
 *
 * @remarks
 * Whatever no role gives is denied, and so is a permission of this plugin that
 * {@link complianceRoleGrants} does not know. A role that has a permission for what is theirs gets
 * a conditional decision; asked without resource, as the `if` of a frontend extension does, that
 * permission is denied, since a condition is no answer there.
 *
 * @throws an `InputError` that names the role and the entity ref that is not one
 *
 * @public
 */
export function createConfluenceCompliancePolicy(
  options: ConfluenceCompliancePolicyOptions,
): PermissionPolicy {
  const members = readMembers(options.roles);
  return {
    async handle(request: PolicyQuery, user?: PolicyQueryUser) {
      const { permission } = request;
      if (!permission.name.startsWith(PREFIX)) {
        return options.otherwise?.handle(request, user) ?? deny;
      }
      return user ? decide(permission, user, rolesOf(members, user)) : deny;
    },
  };
}

function decide(
  permission: Permission,
  user: PolicyQueryUser,
  roles: ComplianceRole[],
): PolicyDecision {
  const byRole = Object.hasOwn(complianceRoleGrants, permission.name)
    ? complianceRoleGrants[permission.name]
    : undefined;
  const grants = roles.map(role => byRole?.[role]);
  if (grants.includes('always')) {
    return allow;
  }
  return grants.includes('own') ? whatIsTheirs(permission, user) : deny;
}

function whatIsTheirs(
  permission: Permission,
  { info }: PolicyQueryUser,
): PolicyDecision {
  const claims = info.ownershipEntityRefs;
  if (isResourcePermission(permission, RESOURCE_TYPE_ACCOUNT)) {
    return createAccountConditionalDecision(
      permission,
      accountConditions.isOwnAccount({ claims }),
    );
  }
  if (isResourcePermission(permission, RESOURCE_TYPE_CONNECTION)) {
    return createConnectionConditionalDecision(
      permission,
      connectionConditions.isConnectionOwner({ claims }),
    );
  }
  if (isResourcePermission(permission, RESOURCE_TYPE_REVIEW)) {
    return createReviewConditionalDecision(
      permission,
      reviewConditions.isReviewer({ claims }),
    );
  }
  return deny;
}

type Members = Map<ComplianceRole, Set<string> | 'everybody'>;

function rolesOf(members: Members, { info }: PolicyQueryUser) {
  const owned = info.ownershipEntityRefs.map(fold);
  return [...members]
    .filter(
      ([, refs]) => refs === 'everybody' || owned.some(ref => refs.has(ref)),
    )
    .map(([role]) => role);
}

function readMembers(
  roles: ConfluenceCompliancePolicyOptions['roles'],
): Members {
  const known = Object.keys(Object.values(complianceRoleGrants)[0]);
  return new Map(
    Object.entries(roles).map(([role, refs]) => {
      if (!known.includes(role)) {
        throw new InputError(
          `There is no role '${role}': use ${known.join(', ')}`,
        );
      }
      const read =
        refs === 'everybody'
          ? refs
          : new Set(refs.map(ref => readRef(role, ref)));
      return [role as ComplianceRole, read];
    }),
  );
}

function readRef(role: string, ref: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(ref));
  } catch {
    throw new InputError(
      `The role '${role}' names '${ref}', which is no full entity ref such as group:default/security`,
    );
  }
}

/** Entity refs do not differ by case. */
function fold(ref: string): string {
  return ref.toLocaleLowerCase('en-US');
}
