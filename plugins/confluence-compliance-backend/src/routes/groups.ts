// SPDX-License-Identifier: Apache-2.0
import {
  accountReadPermission,
  accountSchema,
  groupReadPermission,
  groupSchema,
  groupsQuerySchema,
  membersQuerySchema,
  pageSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { pathId } from './parse';
import { listOptions, Rooms } from './rooms';
import { defineRoute, Route } from './route';

export function groupRoutes(rooms: Rooms): Route[] {
  return [
    defineRoute({
      id: 'listGroups',
      method: 'get',
      path: '/groups',
      summary: 'Groups of the sites',
      permissions: [groupReadPermission],
      query: groupsQuerySchema,
      status: 200,
      answer: pageSchema(groupSchema),
      errors: [410],
      handle: async ({ query }) =>
        rooms.lists.groups(await listOptions(rooms, query)),
    }),
    defineRoute({
      id: 'listGroupMembers',
      method: 'get',
      path: '/groups/:connection/:groupId/members',
      summary: 'Members of a group, in the order in which they were first seen',
      permissions: [groupReadPermission, accountReadPermission],
      params: z.object({ connection: pathId, groupId: pathId }),
      query: membersQuerySchema,
      status: 200,
      answer: pageSchema(accountSchema),
      errors: [404, 410],
      handle: async ({ params: { connection, groupId }, query }) => {
        const { id } = rooms.connections.get(connection);
        return rooms.lists.members({
          ...(await listOptions(rooms, query)),
          connection: id,
          group: groupId,
        });
      },
    }),
  ];
}
