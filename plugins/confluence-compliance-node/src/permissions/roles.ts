// SPDX-License-Identifier: Apache-2.0
import {
  accessReadPermission,
  accountReadPermission,
  changesReadPermission,
  checkReadPermission,
  checkRunPermission,
  connectionCreatePermission,
  connectionDeletePermission,
  connectionReadPermission,
  connectionUpdatePermission,
  findingReadPermission,
  findingUpdatePermission,
  groupReadPermission,
  pageReadPermission,
  peopleManagePermission,
  spaceReadPermission,
  syncRunPermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** What somebody is to Confluence Compliance. @public */
export type ComplianceRole = 'admin' | 'reviewer' | 'auditor' | 'member';

/**
 * How a role has a permission: never, always, or for what is theirs: their own accounts, or the
 * connections that they or their teams own.
 *
 * @public
 */
export type ComplianceGrant = 'never' | 'always' | 'own';

/** How each role has one permission. @public */
export type ComplianceGrants = Record<ComplianceRole, ComplianceGrant>;

/** Reads of the whole, for everybody who has to judge it. */
const judging: ComplianceGrants = {
  admin: 'always',
  reviewer: 'always',
  auditor: 'always',
  member: 'never',
};

/** What only an administrator does. */
const administering: ComplianceGrants = {
  admin: 'always',
  reviewer: 'never',
  auditor: 'never',
  member: 'never',
};

/** How each role has each permission, by the name of the permission. @public */
export const complianceRoleGrants: Readonly<Record<string, ComplianceGrants>> =
  {
    [accessReadPermission.name]: { ...judging, member: 'always' },
    [accountReadPermission.name]: { ...judging, member: 'own' },
    [peopleManagePermission.name]: administering,
    [groupReadPermission.name]: judging,
    [spaceReadPermission.name]: judging,
    [pageReadPermission.name]: judging,
    [checkReadPermission.name]: judging,
    [findingReadPermission.name]: judging,
    [findingUpdatePermission.name]: { ...judging, auditor: 'never' },
    [connectionReadPermission.name]: judging,
    [connectionCreatePermission.name]: administering,
    [connectionUpdatePermission.name]: { ...administering, reviewer: 'own' },
    [connectionDeletePermission.name]: administering,
    [checkRunPermission.name]: { ...judging, auditor: 'never' },
    [syncRunPermission.name]: { ...administering, reviewer: 'own' },
    // For services, which no policy is asked about.
    [changesReadPermission.name]: administering,
  };
