// SPDX-License-Identifier: Apache-2.0
import {
  checkReadPermission,
  criticalSystemInputSchema,
  criticalSystemManagePermission,
  criticalSystemQuerySchema,
  criticalSystemSchema,
  pageSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { pathId } from './parse';
import type { Rooms } from './rooms';
import { defineRoute, Route } from './route';

export function criticalSystemRoutes(rooms: Rooms): Route[] {
  const { checks, criticalSystems, history } = rooms;
  const marking = {
    path: '/critical-systems/:connection',
    permissions: [criticalSystemManagePermission],
    params: z.object({ connection: pathId }),
    query: criticalSystemQuerySchema,
  };
  return [
    defineRoute({
      id: 'listCriticalSystems',
      method: 'get',
      path: '/critical-systems',
      summary: 'Sites and spaces whose access must be reviewed',
      permissions: [checkReadPermission],
      status: 200,
      answer: pageSchema(criticalSystemSchema),
      errors: [],
      handle: async () => {
        const revision = await history.head();
        const items = await checks.criticalSystems({ revision });
        return { items, pageInfo: {}, totalItems: items.length, revision };
      },
    }),
    defineRoute({
      ...marking,
      id: 'markCriticalSystem',
      method: 'put',
      summary: 'Marks a site, or a space of it, or changes how it is marked',
      body: criticalSystemInputSchema,
      status: 200,
      answer: criticalSystemSchema,
      errors: [404, 409],
      audit: 'critical-system-mark',
      handle: async ({ params: { connection }, query, body, actor }) => {
        const revision = await history.head();
        const place = { connection, ...query };
        const resource = await criticalSystems.mark(
          place,
          body,
          actor,
          revision,
        );
        await checks.afterChangeOf('critical-systems');
        const connections = [connection];
        const [system] = await checks.criticalSystems({
          revision,
          connections,
          resource,
        });
        return system;
      },
    }),
    defineRoute({
      ...marking,
      id: 'unmarkCriticalSystem',
      method: 'delete',
      summary: 'Takes the mark of the portal away',
      status: 204,
      errors: [404, 409],
      audit: 'critical-system-unmark',
      handle: async ({ params: { connection }, query, actor }) => {
        const place = { connection, ...query };
        await criticalSystems.unmark(place, actor, await history.head());
        await checks.afterChangeOf('critical-systems');
      },
    }),
  ];
}
