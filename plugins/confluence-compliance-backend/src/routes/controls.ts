// SPDX-License-Identifier: Apache-2.0
import {
  checkReadPermission,
  controlsQuerySchema,
  controlStandSchema,
  pageSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { controlStands } from '../checks';
import { revisionAsOf } from './asOf';
import { explainedChecks } from './explain';
import { connectionsOf, momentOf, type Rooms } from './rooms';
import { defineRoute, Route } from './route';

export function controlRoutes(rooms: Rooms): Route[] {
  const { checks } = rooms;
  return [
    defineRoute({
      id: 'listControls',
      method: 'get',
      path: '/controls',
      summary:
        'The controls that checks speak to and where they stand, now or as of a time',
      permissions: [checkReadPermission],
      query: controlsQuerySchema,
      status: 200,
      // There are as many as the frameworks that are shown have, so they come in one answer.
      answer: pageSchema(controlStandSchema),
      errors: [410],
      handle: async ({ query: { connection, asOf } }) => {
        const revision = await revisionAsOf(rooms, asOf, connection);
        const moment = await momentOf(rooms, asOf, revision);
        const items = controlStands(
          moment === undefined
            ? await explainedChecks(rooms, connection)
            : await checks.listAt(
                { revision, moment },
                { connections: connectionsOf(rooms, connection, revision) },
              ),
        );
        return { items, pageInfo: {}, totalItems: items.length, revision };
      },
    }),
  ];
}
