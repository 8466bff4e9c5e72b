// SPDX-License-Identifier: Apache-2.0
import {
  pageReadPermission,
  pageSchema,
  policySchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Rooms } from './rooms';
import { defineRoute, Route } from './route';

export function policyRoutes({ checks, history }: Rooms): Route[] {
  return [
    defineRoute({
      id: 'listPolicies',
      method: 'get',
      path: '/policies',
      summary: 'Documents that the organization must have',
      permissions: [pageReadPermission],
      status: 200,
      answer: pageSchema(policySchema),
      errors: [],
      handle: async () => {
        const revision = await history.head();
        const items = await checks.policies({ revision });
        return { items, pageInfo: {}, totalItems: items.length, revision };
      },
    }),
  ];
}
