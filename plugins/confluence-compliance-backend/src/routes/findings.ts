// SPDX-License-Identifier: Apache-2.0
import {
  findingReadPermission,
  findingSchema,
  findingsQuerySchema,
  pageSchema,
  trendQuerySchema,
  trendSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { readOwner } from '../connections';
import { explainer } from './explain';
import { connectionsOf, listOptions, Rooms } from './rooms';
import { defineRoute, Route } from './route';

/** Whose findings are asked for: a ref, or `nobody`. */
function ownerOf(asked: string | undefined, actor: string) {
  if (asked === 'me') {
    return actor;
  }
  return asked === undefined || asked === 'nobody' ? asked : readOwner(asked);
}

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
      handle: async ({ query, actor }) => {
        const options = {
          ...(await listOptions(rooms, query)),
          asOf: query.asOf,
          owner: ownerOf(query.owner, actor),
          query,
        };
        const page = await rooms.checks.findings(options);
        if (query.asOf) {
          return page;
        }
        const explain = await explainer(rooms);
        const items = page.items.map(finding => ({
          ...finding,
          reason: explain(finding.reason, finding.subject.connection),
        }));
        return { ...page, items };
      },
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
      handle: ({ query: { connection, check, days } }) =>
        rooms.checks.trend({
          check,
          connections: connectionsOf(rooms, connection),
          days,
        }),
    }),
  ];
}
