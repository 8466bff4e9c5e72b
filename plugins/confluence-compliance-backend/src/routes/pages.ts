// SPDX-License-Identifier: Apache-2.0
import {
  pageReadPermission,
  pageRecordSchema,
  pageSchema,
  pagesQuerySchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { listOptions, Rooms } from './rooms';
import { defineRoute, Route } from './route';

export function pageRoutes(rooms: Rooms): Route[] {
  return [
    defineRoute({
      id: 'listPages',
      method: 'get',
      path: '/pages',
      summary: 'Pages of the sites, without their bodies',
      permissions: [pageReadPermission],
      query: pagesQuerySchema,
      status: 200,
      answer: pageSchema(pageRecordSchema),
      errors: [410],
      handle: async ({ query }) =>
        rooms.lists.pages(await listOptions(rooms, query)),
    }),
  ];
}
