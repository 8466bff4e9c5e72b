// SPDX-License-Identifier: Apache-2.0
import { createPermission } from '@backstage/plugin-permission-common';

const read = { action: 'read' } as const;
const update = { action: 'update' } as const;

/** To see the connections, their runs and what was read of them. @public */
export const connectionReadPermission = createPermission({
  name: 'confluence-compliance.connection.read',
  attributes: read,
});

/** Resource type of a connection, by its id. @public */
export const RESOURCE_TYPE_CONNECTION = 'confluence-compliance-connection';

/** Resource type of an account, by `<connection>/<account id>`. @public */
export const RESOURCE_TYPE_ACCOUNT = 'confluence-compliance-account';

/** Resource type of an access review, by its id. @public */
export const RESOURCE_TYPE_REVIEW = 'confluence-compliance-review';

/** To connect a site. @public */
export const connectionCreatePermission = createPermission({
  name: 'confluence-compliance.connection.create',
  attributes: { action: 'create' },
});

/** To change and test a connection, and to replace its credentials. @public */
export const connectionUpdatePermission = createPermission({
  name: 'confluence-compliance.connection.update',
  attributes: update,
  resourceType: RESOURCE_TYPE_CONNECTION,
});

/** To delete a connection. @public */
export const connectionDeletePermission = createPermission({
  name: 'confluence-compliance.connection.delete',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_CONNECTION,
});

/** To ask for a sync, and to accept what its guard refused. @public */
export const syncRunPermission = createPermission({
  name: 'confluence-compliance.sync.run',
  attributes: update,
  resourceType: RESOURCE_TYPE_CONNECTION,
});

/** To see the Confluence access of an entity of the catalog, without emails. @public */
export const accessReadPermission = createPermission({
  name: 'confluence-compliance.access.read',
  attributes: read,
});

/** To see accounts, with names, emails, groups and access. @public */
export const accountReadPermission = createPermission({
  name: 'confluence-compliance.account.read',
  attributes: read,
  resourceType: RESOURCE_TYPE_ACCOUNT,
});

/** To say whose an account is, and what it is. @public */
export const accountLinkPermission = createPermission({
  name: 'confluence-compliance.account.link',
  attributes: update,
});

/** To erase the name and email of an account for good, and to say that people have left. @public */
export const peopleManagePermission = createPermission({
  name: 'confluence-compliance.people.manage',
  attributes: update,
});

/** To see groups. @public */
export const groupReadPermission = createPermission({
  name: 'confluence-compliance.group.read',
  attributes: read,
});

/** To see spaces. @public */
export const spaceReadPermission = createPermission({
  name: 'confluence-compliance.space.read',
  attributes: read,
});

/** To see the titles and labels of pages, not their bodies. @public */
export const pageReadPermission = createPermission({
  name: 'confluence-compliance.page.read',
  attributes: read,
});

/** To read what policies say, and what changed since it was approved. @public */
export const policyReadPermission = createPermission({
  name: 'confluence-compliance.policy.read',
  attributes: read,
});

/** To approve what a policy says. @public */
export const policyApprovePermission = createPermission({
  name: 'confluence-compliance.policy.approve',
  attributes: update,
});

/** To choose the pages of policies. @public */
export const policyManagePermission = createPermission({
  name: 'confluence-compliance.policy.manage',
  attributes: update,
});

/** To acknowledge policies that concern oneself, and to see which do. @public */
export const policyAcknowledgePermission = createPermission({
  name: 'confluence-compliance.policy.acknowledge',
  attributes: update,
});

/** To see the checks and where they stand. @public */
export const checkReadPermission = createPermission({
  name: 'confluence-compliance.check.read',
  attributes: read,
});

/** To mark sites and spaces as critical systems. @public */
export const criticalSystemManagePermission = createPermission({
  name: 'confluence-compliance.critical-system.manage',
  attributes: update,
});

/** To ask for a run of a check. @public */
export const checkRunPermission = createPermission({
  name: 'confluence-compliance.check.run',
  attributes: update,
});

/** To attest checks that nothing can be read for. @public */
export const checkAttestPermission = createPermission({
  name: 'confluence-compliance.check.attest',
  attributes: update,
});

/** To see findings and the facts behind them. @public */
export const findingReadPermission = createPermission({
  name: 'confluence-compliance.finding.read',
  attributes: read,
});

/** To ask for an exception of findings. @public */
export const exceptionRequestPermission = createPermission({
  name: 'confluence-compliance.exception.request',
  attributes: update,
});

/** To approve, reject and end exceptions that others asked for. @public */
export const exceptionApprovePermission = createPermission({
  name: 'confluence-compliance.exception.approve',
  attributes: update,
});

/** To see reviews, all their items and decisions; under a condition only where one decides. @public */
export const reviewReadPermission = createPermission({
  name: 'confluence-compliance.review.read',
  attributes: read,
  resourceType: RESOURCE_TYPE_REVIEW,
});

/** To make, start, reassign, sign off and cancel reviews. @public */
export const reviewManagePermission = createPermission({
  name: 'confluence-compliance.review.manage',
  attributes: update,
});

/** To see and decide the items of which one is the reviewer, and no others. @public */
export const reviewDecidePermission = createPermission({
  name: 'confluence-compliance.review.decide',
  attributes: update,
});

/** To remove at Confluence what reviews revoked, where that is switched on. @public */
export const remediationExecutePermission = createPermission({
  name: 'confluence-compliance.remediation.execute',
  attributes: update,
});

/** To give findings to somebody, and to comment on them. @public */
export const findingUpdatePermission = createPermission({
  name: 'confluence-compliance.finding.update',
  attributes: update,
});

/** To follow the changes feed; for services. @public */
export const changesReadPermission = createPermission({
  name: 'confluence-compliance.changes.read',
  attributes: read,
});

/** All permissions of this plugin. @public */
export const confluenceCompliancePermissions = [
  connectionReadPermission,
  connectionCreatePermission,
  connectionUpdatePermission,
  connectionDeletePermission,
  syncRunPermission,
  accessReadPermission,
  accountReadPermission,
  accountLinkPermission,
  peopleManagePermission,
  groupReadPermission,
  spaceReadPermission,
  pageReadPermission,
  policyReadPermission,
  policyManagePermission,
  policyApprovePermission,
  policyAcknowledgePermission,
  checkReadPermission,
  criticalSystemManagePermission,
  checkRunPermission,
  checkAttestPermission,
  findingReadPermission,
  exceptionRequestPermission,
  exceptionApprovePermission,
  reviewReadPermission,
  reviewManagePermission,
  reviewDecidePermission,
  remediationExecutePermission,
  findingUpdatePermission,
  changesReadPermission,
];
