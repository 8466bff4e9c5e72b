// SPDX-License-Identifier: Apache-2.0
import {
  pageSchema,
  spaceReadPermission,
  spaceSchema,
  spacesQuerySchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { listOptions, Rooms } from './rooms';
import { defineRoute, Route } from './route';

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
  ];
}
