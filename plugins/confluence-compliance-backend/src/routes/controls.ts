// SPDX-License-Identifier: Apache-2.0
import {
  checkReadPermission,
  controlsQuerySchema,
  controlStandSchema,
  pageSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { controlStands } from '../checks';
import { explainer } from './explain';
import { connectionsOf, Rooms } from './rooms';
import { defineRoute, Route } from './route';

export function controlRoutes(rooms: Rooms): Route[] {
  const { checks, history } = rooms;
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
        const found = await checks.list({
          connections: connectionsOf(rooms, connection),
        });
        const explain = await explainer(rooms);
        const items = controlStands(
          found.map(check => ({
            ...check,
            reason: check.reason && explain(check.reason, connection),
          })),
        );
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
