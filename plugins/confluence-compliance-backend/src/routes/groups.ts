// SPDX-License-Identifier: Apache-2.0
import {
  accountReadPermission,
  accountSchema,
  grantsQuerySchema,
  groupDetailSchema,
  groupGrantSchema,
  groupReadPermission,
  groupSchema,
  groupsQuerySchema,
  listQuerySchema,
  membersQuerySchema,
  pageSchema,
  timelineEntrySchema,
  timelineQuerySchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { revisionAsOf } from './asOf';
import { pathId } from './parse';
import { listOptions, Rooms } from './rooms';
import { defineRoute, Route } from './route';

const params = z.object({ connection: pathId, groupId: pathId });

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
      id: 'getGroup',
      method: 'get',
      path: '/groups/:connection/:groupId',
      summary: 'One group with how much of it was seen',
      permissions: [groupReadPermission],
      params,
      query: listQuerySchema.pick({ asOf: true }),
      status: 200,
      answer: groupDetailSchema,
      errors: [404, 410],
      handle: async ({ params: { connection, groupId }, query }) => {
        const { id } = rooms.connections.get(connection);
        const revision = await revisionAsOf(rooms, query.asOf, id);
        return rooms.access.group(id, groupId, revision);
      },
    }),
    defineRoute({
      id: 'listGroupGrants',
      method: 'get',
      path: '/groups/:connection/:groupId/access',
      summary: 'What a group can do, one item per space',
      permissions: [groupReadPermission],
      params,
      query: grantsQuerySchema,
      status: 200,
      answer: pageSchema(groupGrantSchema),
      errors: [404, 410],
      handle: async ({ params: { connection, groupId }, query }) => {
        const { id } = rooms.connections.get(connection);
        return rooms.access.groupGrants(groupId, {
          ...(await listOptions(rooms, query)),
          connection: id,
        });
      },
    }),
    defineRoute({
      id: 'listGroupMembers',
      method: 'get',
      path: '/groups/:connection/:groupId/members',
      summary: 'Members of a group, those who are in it for longest first',
      permissions: [groupReadPermission, accountReadPermission],
      params,
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
    defineRoute({
      id: 'listGroupChanges',
      method: 'get',
      path: '/groups/:connection/:groupId/changes',
      summary: 'What became of a group, newest first',
      permissions: [groupReadPermission, accountReadPermission],
      params,
      query: timelineQuerySchema,
      status: 200,
      answer: pageSchema(timelineEntrySchema),
      errors: [404, 410],
      handle: async ({ params: { connection, groupId }, query }) => {
        const { id } = rooms.connections.get(connection);
        return rooms.access.timeline(
          { kind: 'group', connection: id, id: groupId },
          await listOptions(rooms, query),
        );
      },
    }),
  ];
}
