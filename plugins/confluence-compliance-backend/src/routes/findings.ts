// SPDX-License-Identifier: Apache-2.0
import {
  findingReadPermission,
  findingSchema,
  findingsQuerySchema,
  pageSchema,
  trendQuerySchema,
  trendSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { connectionsOf, listOptions, Rooms } from './rooms';
import { defineRoute, Route } from './route';

export function findingRoutes(rooms: Rooms): Route[] {
  return [
    defineRoute({
      id: 'listFindings',
      method: 'get',
      path: '/findings',
      summary: 'Verdicts that need somebody',
      permissions: [findingReadPermission],
      query: findingsQuerySchema,
      status: 200,
      answer: pageSchema(findingSchema),
      errors: [410],
      handle: async ({ query }) =>
        rooms.checks.findings({ ...(await listOptions(rooms, query)), query }),
    }),
    defineRoute({
      id: 'getTrend',
      method: 'get',
      path: '/findings/trend',
      summary: 'How many findings stood open on each day',
      permissions: [findingReadPermission],
      query: trendQuerySchema,
      status: 200,
      answer: trendSchema,
      errors: [],
      handle: ({ query: { connection, days } }) =>
        rooms.checks.trend({
          connections: connectionsOf(rooms, connection),
          days,
        }),
    }),
  ];
}
