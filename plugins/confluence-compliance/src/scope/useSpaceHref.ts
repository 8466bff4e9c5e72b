// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import {
  type Resource,
  spaceReadPermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useLinks } from './links';

/** Address of a space's page, for whoever may see spaces. */
export function useSpaceHref(space?: Resource): string | undefined {
  const links = useLinks();
  const { allowed } = usePermission({ permission: spaceReadPermission });
  return allowed && space?.key
    ? links.space({ connection: space.connection, key: space.key })
    : undefined;
}
