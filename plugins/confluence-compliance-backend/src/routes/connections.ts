// SPDX-License-Identifier: Apache-2.0
import {
  connectionReadPermission,
  connectionSchema,
  containerSchema,
  containersQuerySchema,
  pageSchema,
  runSchema,
  runsQuerySchema,
  syncRunPermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { organizationSource } from '../connections';
import { readScopes, toConnection } from './describeConnection';
import { pathId } from './parse';
import { listOptions, Rooms } from './rooms';
import { defineRoute, Route } from './route';

const params = z.object({ id: pathId });

export function connectionRoutes(rooms: Rooms): Route[] {
  const { connections, history, lists, sync } = rooms;
  return [
    defineRoute({
      id: 'listConnections',
      method: 'get',
      path: '/connections',
      summary: 'The connected sites and what was read of them',
      permissions: [connectionReadPermission],
      status: 200,
      answer: pageSchema(connectionSchema),
      errors: [],
      handle: async () => {
        // Another replica may have made one.
        await connections.reload();
        const items = await Promise.all(
          connections.all().map(connection => toConnection(rooms, connection)),
        );
        return {
          items,
          pageInfo: {},
          totalItems: items.length,
          revision: await history.head(),
        };
      },
    }),
    defineRoute({
      id: 'getConnection',
      method: 'get',
      path: '/connections/:id',
      summary: 'One connected site and what was read of it',
      permissions: [connectionReadPermission],
      params,
      status: 200,
      answer: connectionSchema,
      errors: [404],
      handle: async ({ params: { id } }) => {
        await connections.reload();
        return toConnection(rooms, connections.get(id));
      },
    }),
    defineRoute({
      id: 'listContainers',
      method: 'get',
      path: '/connections/:id/containers',
      summary: 'What was last read of each group, space and dataset',
      permissions: [connectionReadPermission],
      params,
      query: containersQuerySchema,
      status: 200,
      answer: pageSchema(containerSchema),
      errors: [404, 410],
      handle: async ({ params: { id }, query }) => {
        await connections.reload();
        const definition = connections.get(id);
        const { organization } = definition;
        const page = await lists.containers({
          ...(await listOptions(rooms, query)),
          connection: id,
          organization: organization && organizationSource(organization.id),
          incomplete: query.incomplete === 'true',
        });
        const scopeOf = await readScopes(connections, definition);
        return {
          ...page,
          items: page.items.map(item => ({
            ...item,
            scope: scopeOf(item.scope),
          })),
        };
      },
    }),
    defineRoute({
      id: 'listRuns',
      method: 'get',
      path: '/connections/:id/runs',
      summary: 'Sync runs of a connection, newest first',
      permissions: [connectionReadPermission],
      params,
      query: runsQuerySchema,
      status: 200,
      answer: pageSchema(runSchema),
      errors: [404],
      handle: async ({ params: { id }, query }) => {
        const { items, nextCursor, totalItems } = await sync.runs(id, query);
        return {
          items,
          pageInfo: { nextCursor },
          totalItems,
          revision: await history.head(),
        };
      },
    }),
    defineRoute({
      id: 'syncNow',
      method: 'post',
      path: '/connections/:id/sync',
      summary: 'Asks for a sync of everything as soon as possible',
      permissions: [syncRunPermission],
      resourceRef: ({ id }) => id,
      params,
      status: 202,
      errors: [404, 409],
      audit: 'sync-request',
      handle: ({ params: { id } }) => sync.requestSync(id),
    }),
  ];
}
