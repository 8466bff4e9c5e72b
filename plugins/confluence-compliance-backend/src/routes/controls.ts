// SPDX-License-Identifier: Apache-2.0
import {
  checkReadPermission,
  controlsQuerySchema,
  controlStandSchema,
  pageSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { controlStands } from '../checks';
import { explainedChecks } from './explain';
import type { Rooms } from './rooms';
import { defineRoute, Route } from './route';

export function controlRoutes(rooms: Rooms): Route[] {
  const { history } = rooms;
  return [
    defineRoute({
      id: 'listControls',
      method: 'get',
      path: '/controls',
      summary: 'The controls that checks speak to and where they stand',
      permissions: [checkReadPermission],
      query: controlsQuerySchema,
      status: 200,
      // There are as many as the frameworks that are shown have, so they come in one answer.
      answer: pageSchema(controlStandSchema),
      errors: [],
      handle: async ({ query: { connection } }) => {
        const items = controlStands(await explainedChecks(rooms, connection));
        return {
          items,
          pageInfo: {},
          totalItems: items.length,
          revision: await history.head(),
        };
      },
    }),
  ];
}
