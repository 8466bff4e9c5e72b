// SPDX-License-Identifier: Apache-2.0
import {
  checkReadPermission,
  criticalSystemSchema,
  pageSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Rooms } from './rooms';
import { defineRoute, Route } from './route';

export function criticalSystemRoutes({ checks, history }: Rooms): Route[] {
  return [
    defineRoute({
      id: 'listCriticalSystems',
      method: 'get',
      path: '/critical-systems',
      summary: 'Sites and spaces whose access must be reviewed',
      permissions: [checkReadPermission],
      status: 200,
      answer: pageSchema(criticalSystemSchema),
      errors: [],
      handle: async () => {
        const revision = await history.head();
        const items = await checks.criticalSystems({ revision });
        return { items, pageInfo: {}, totalItems: items.length, revision };
      },
    }),
  ];
}
