// SPDX-License-Identifier: Apache-2.0
import { createPermission } from '@backstage/plugin-permission-common';

const read = { action: 'read' } as const;
const update = { action: 'update' } as const;

/** @public */
export const connectionReadPermission = createPermission({
  name: 'confluence-compliance.connection.read',
  attributes: read,
});

/** @public */
export const syncRunPermission = createPermission({
  name: 'confluence-compliance.sync.run',
  attributes: update,
});

/** @public */
export const accountReadPermission = createPermission({
  name: 'confluence-compliance.account.read',
  attributes: read,
});

/** @public */
export const groupReadPermission = createPermission({
  name: 'confluence-compliance.group.read',
  attributes: read,
});

/** @public */
export const spaceReadPermission = createPermission({
  name: 'confluence-compliance.space.read',
  attributes: read,
});

/** @public */
export const pageReadPermission = createPermission({
  name: 'confluence-compliance.page.read',
  attributes: read,
});

/** @public */
export const checkReadPermission = createPermission({
  name: 'confluence-compliance.check.read',
  attributes: read,
});

/** @public */
export const checkRunPermission = createPermission({
  name: 'confluence-compliance.check.run',
  attributes: update,
});

/** @public */
export const findingReadPermission = createPermission({
  name: 'confluence-compliance.finding.read',
  attributes: read,
});

/** @public */
export const changesReadPermission = createPermission({
  name: 'confluence-compliance.changes.read',
  attributes: read,
});

/** All permissions of this plugin. @public */
export const confluenceCompliancePermissions = [
  connectionReadPermission,
  syncRunPermission,
  accountReadPermission,
  groupReadPermission,
  spaceReadPermission,
  pageReadPermission,
  checkReadPermission,
  checkRunPermission,
  findingReadPermission,
  changesReadPermission,
];
