// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { groupReadPermission } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useLinks } from './links';

/** Address of a group's page, for whoever may see groups. */
export function useGroupHref(group?: {
  connection: string;
  groupId: string;
}): string | undefined {
  const links = useLinks();
  const { allowed } = usePermission({ permission: groupReadPermission });
  return allowed && group ? links.group(group) : undefined;
}
