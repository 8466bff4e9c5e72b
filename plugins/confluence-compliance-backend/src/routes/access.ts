// SPDX-License-Identifier: Apache-2.0
import {
  accessQuerySchema,
  accessReadPermission,
  accessSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Rooms } from './rooms';
import { defineRoute, Route } from './route';

export function accessRoutes({ access }: Rooms): Route[] {
  return [
    defineRoute({
      id: 'getAccess',
      method: 'get',
      path: '/access',
      summary: 'What a catalog card shows of one entity',
      permissions: [accessReadPermission],
      query: accessQuerySchema,
      status: 200,
      answer: accessSchema,
      errors: [404, 503],
      handle: ({ query: { entityRef }, credentials }) =>
        access.card(entityRef, credentials),
    }),
  ];
}
