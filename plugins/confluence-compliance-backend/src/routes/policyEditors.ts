// SPDX-License-Identifier: Apache-2.0
import {
  accountReadPermission,
  groupReadPermission,
  pageReadPermission,
  policyEditorsSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { pathId } from './parse';
import type { Rooms } from './rooms';
import { defineRoute, Route } from './route';

/** Who may edit the pages of policies. */
export function policyEditorRoutes({ checks, history }: Rooms): Route[] {
  return [
    defineRoute({
      id: 'getPolicyEditors',
      method: 'get',
      path: '/policies/:id/editors',
      summary:
        'Who may edit the page of a policy: in numbers, and some by name for whoever may see them',
      permissions: [pageReadPermission],
      params: z.object({ id: pathId }),
      status: 200,
      answer: policyEditorsSchema,
      errors: [404, 409],
      handle: async ({ params: { id }, allows }) =>
        checks.policyEditors(id, await history.head(), {
          accounts: await allows(accountReadPermission),
          groups: await allows(groupReadPermission),
        }),
    }),
  ];
}
