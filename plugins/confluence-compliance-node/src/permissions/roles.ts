// SPDX-License-Identifier: Apache-2.0
import {
  accessReadPermission,
  accountLinkPermission,
  accountReadPermission,
  changesReadPermission,
  checkAttestPermission,
  checkReadPermission,
  checkRunPermission,
  connectionCreatePermission,
  connectionDeletePermission,
  connectionReadPermission,
  connectionUpdatePermission,
  criticalSystemManagePermission,
  exceptionApprovePermission,
  exceptionRequestPermission,
  findingReadPermission,
  findingUpdatePermission,
  groupReadPermission,
  pageReadPermission,
  peopleManagePermission,
  policyAcknowledgePermission,
  policyApprovePermission,
  policyManagePermission,
  policyReadPermission,
  reviewDecidePermission,
  remediationExecutePermission,
  reviewManagePermission,
  reviewReadPermission,
  spaceReadPermission,
  syncRunPermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** What somebody is to Confluence Compliance. @public */
export type ComplianceRole = 'admin' | 'reviewer' | 'auditor' | 'member';

/**
 * How a role has a permission: never, always, or for what is theirs: their own accounts, or the
 * connections that they or their teams own, the reviews in which they decide.
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
    [accountLinkPermission.name]: { ...judging, auditor: 'never' },
    [peopleManagePermission.name]: administering,
    [groupReadPermission.name]: judging,
    [spaceReadPermission.name]: judging,
    [pageReadPermission.name]: judging,
    [policyReadPermission.name]: judging,
    [policyManagePermission.name]: administering,
    [policyApprovePermission.name]: { ...judging, auditor: 'never' },
    [policyAcknowledgePermission.name]: { ...judging, member: 'always' },
    [checkReadPermission.name]: judging,
    [criticalSystemManagePermission.name]: administering,
    [findingReadPermission.name]: judging,
    [exceptionRequestPermission.name]: { ...judging, auditor: 'never' },
    [exceptionApprovePermission.name]: { ...judging, auditor: 'never' },
    // A reviewer sees the reviews and items that are theirs to decide, and no others.
    [reviewReadPermission.name]: { ...judging, reviewer: 'own' },
    [reviewManagePermission.name]: administering,
    [reviewDecidePermission.name]: { ...judging, auditor: 'never' },
    [remediationExecutePermission.name]: administering,
    [findingUpdatePermission.name]: { ...judging, auditor: 'never' },
    [connectionReadPermission.name]: judging,
    [connectionCreatePermission.name]: administering,
    [connectionUpdatePermission.name]: { ...administering, reviewer: 'own' },
    [connectionDeletePermission.name]: administering,
    [checkAttestPermission.name]: { ...judging, auditor: 'never' },
    [checkRunPermission.name]: { ...judging, auditor: 'never' },
    [syncRunPermission.name]: { ...administering, reviewer: 'own' },
    // For services, which no policy is asked about.
    [changesReadPermission.name]: administering,
  };
