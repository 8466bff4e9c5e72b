// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { idText } from './fields';
import type { ListOptions } from './options';
import { flag, moment, text, told } from './told';

/**
 * An account as its organization knows it. All texts are what people typed: treat them as hostile.
 * Only the account id is sure to be there: what Atlassian does not tell, or not in a shape we know,
 * is absent, which is never "no".
 *
 * @public
 */
export interface OrganizationUser {
  /** Atlassian's account id. */
  accountId: string;
  /** `atlassian`, or something new. */
  accountType?: string;
  /** State of the account itself: `active`, `inactive`, `closed`, or something new. */
  accountStatus?: string;
  /** State in the organization: `active`, `suspended`, `no_membership`, or something new. */
  membershipStatus?: string;
  /**
   * Both states in one word: `active`, `suspended`, `not_invited`, `deactivated`, `for_deletion`, or
   * something new.
   */
  status?: string;
  /** `managed` (of a domain that the organization has claimed), `unmanaged`, or something new. */
  claimStatus?: string;
  /** Full name. */
  name?: string;
  /** Public name. */
  nickname?: string;
  /** Email, whatever the account's own settings show. */
  email?: string;
  /** Whether the email has been verified. */
  emailVerified?: boolean;
  /** Whether Atlassian's own two-step verification is on; says something of managed accounts only. */
  mfaEnabled?: boolean;
  /** `invited`, `synced` (from an identity provider), or something new. */
  managementSource?: string;
  /** When it first came into the organization, ISO 8601 in UTC. */
  addedToOrg?: string;
  /** Roles beyond a single product, such as `atlassian/org-admin`. */
  platformRoles?: string[];
  /** Products it can use. Absent, too, when one of them could not be read. */
  productAccess?: OrganizationProductAccess[];
}

/**
 * A product that an account of an organization can use.
 *
 * @public
 */
export interface OrganizationProductAccess {
  /** `confluence`, `jira`, or something else. */
  key: string;
  /** Atlassian's name of the product at a site, such as `ari:cloud:confluence::site/{cloudId}`. */
  resourceId: string;
  /** When the account was last active there, ISO 8601 in UTC. Absent where Atlassian does not say. */
  lastActiveAt?: string;
}

/**
 * A list of the users of an organization.
 *
 * @public
 */
export interface OrganizationUserListOptions extends ListOptions {
  /** Only these, 1 to 10. */
  accountIds?: readonly string[];
}

/**
 * A list of the users of an organization who have a role.
 *
 * @public
 */
export interface OrganizationRoleListOptions extends ListOptions {
  /** Where, such as `ari:cloud:confluence::site/{cloudId}`: 1 to 20. */
  resourceIds: readonly string[];
  /** Which roles, such as `atlassian/admin`: 1 to 10. An account with any of them is in the list. */
  roleIds: readonly string[];
}

/**
 * The roles of a user at one place of an organization.
 *
 * @public
 */
export interface OrganizationUserRoles {
  /** Where, such as `ari:cloud:confluence::site/{cloudId}`. */
  resourceId: string;
  /** Which, each such as `atlassian/admin`. */
  roleAssignments: Array<{ role: string }>;
}

export const organizationUserRolesSchema: z.ZodType<OrganizationUserRoles> =
  z.object({
    resourceId: idText,
    roleAssignments: z.array(z.object({ role: z.string().min(1) })),
  });

const productAccessSchema = z
  .object({
    key: z.string().min(1),
    id: idText,
    lastActiveTimestamp: moment,
  })
  .transform(({ key, id, lastActiveTimestamp }) => ({
    key,
    resourceId: id,
    lastActiveAt: lastActiveTimestamp,
  }));

export const organizationUserSchema: z.ZodType<OrganizationUser> = z.object({
  accountId: idText,
  accountType: text,
  accountStatus: text,
  membershipStatus: text,
  status: text,
  claimStatus: text,
  name: text,
  nickname: text,
  email: text,
  emailVerified: flag,
  mfaEnabled: flag,
  managementSource: text,
  addedToOrg: moment,
  platformRoles: told(z.array(z.string())),
  productAccess: told(z.array(productAccessSchema)),
});
