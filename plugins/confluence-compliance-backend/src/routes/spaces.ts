// SPDX-License-Identifier: Apache-2.0
import {
  grantsQuerySchema,
  listQuerySchema,
  pageSchema,
  spaceDetailSchema,
  spaceGrantSchema,
  spaceReadPermission,
  spaceSchema,
  spacesQuerySchema,
  timelineEntrySchema,
  timelineQuerySchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { revisionAsOf } from './asOf';
import { pathId } from './parse';
import { listOptions, Rooms } from './rooms';
import { defineRoute, Route } from './route';

const params = z.object({ connection: pathId, key: pathId });

export function spaceRoutes(rooms: Rooms): Route[] {
  return [
    defineRoute({
      id: 'listSpaces',
      method: 'get',
      path: '/spaces',
      summary: 'Spaces of the sites',
      permissions: [spaceReadPermission],
      query: spacesQuerySchema,
      status: 200,
      answer: pageSchema(spaceSchema),
      errors: [410],
      handle: async ({ query }) =>
        rooms.lists.spaces(await listOptions(rooms, query)),
    }),
    defineRoute({
      id: 'getSpace',
      method: 'get',
      path: '/spaces/:connection/:key',
      summary: 'One space, by its key, with who reaches it',
      permissions: [spaceReadPermission],
      params,
      query: listQuerySchema.pick({ asOf: true }),
      status: 200,
      answer: spaceDetailSchema,
      errors: [404, 410],
      handle: async ({ params: { connection, key }, query }) => {
        const { id } = rooms.connections.get(connection);
        const revision = await revisionAsOf(rooms, query.asOf, id);
        return rooms.access.space(id, key, revision);
      },
    }),
    defineRoute({
      id: 'listSpaceGrants',
      method: 'get',
      path: '/spaces/:connection/:key/access',
      summary: 'Who can do what in a space, one item per principal',
      permissions: [spaceReadPermission],
      params,
      query: grantsQuerySchema,
      status: 200,
      answer: pageSchema(spaceGrantSchema),
      errors: [404, 410],
      handle: async ({ params: { connection, key }, query }) => {
        const { id } = rooms.connections.get(connection);
        return rooms.access.spaceGrants(key, {
          ...(await listOptions(rooms, query)),
          connection: id,
        });
      },
    }),
    defineRoute({
      id: 'listSpaceChanges',
      method: 'get',
      path: '/spaces/:connection/:key/changes',
      summary: 'What became of a space, newest first',
      permissions: [spaceReadPermission],
      params,
      query: timelineQuerySchema,
      status: 200,
      answer: pageSchema(timelineEntrySchema),
      errors: [404, 410],
      handle: async ({ params: { connection, key }, query }) => {
        const { id } = rooms.connections.get(connection);
        return rooms.access.spaceTimeline(key, {
          ...(await listOptions(rooms, query)),
          connection: id,
        });
      },
    }),
  ];
}
