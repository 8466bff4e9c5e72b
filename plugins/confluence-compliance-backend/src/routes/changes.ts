// SPDX-License-Identifier: Apache-2.0
import {
  changesQuerySchema,
  changesReadPermission,
  changesSchema,
  consumerAnswerSchema,
  consumerSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { pathId } from './parse';
import type { Rooms } from './rooms';
import { defineRoute, Route } from './route';
import { toSubjectChanges } from './subjectChanges';

const params = z.object({ id: pathId });

export function changeRoutes(rooms: Rooms): Route[] {
  const { history } = rooms;
  return [
    defineRoute({
      id: 'listChanges',
      method: 'get',
      path: '/changes',
      summary: 'Subjects that changed after a position, as they are now',
      permissions: [changesReadPermission],
      servicesOnly: true,
      query: changesQuerySchema,
      status: 200,
      answer: changesSchema,
      errors: [410],
      handle: async ({ query }) => {
        const changes = await history.changes(query);
        return { ...changes, items: await toSubjectChanges(rooms, changes) };
      },
    }),
    defineRoute({
      id: 'getConsumer',
      method: 'get',
      path: '/changes/consumers/:id',
      summary: 'How far a consumer of the changes has come',
      permissions: [changesReadPermission],
      servicesOnly: true,
      params,
      status: 200,
      answer: consumerAnswerSchema,
      errors: [],
      handle: async ({ params: { id } }) => {
        const consumer = await history.consumer(id);
        return consumer?.fingerprint === undefined
          ? {}
          : {
              consumer: {
                position: consumer.position,
                fingerprint: consumer.fingerprint,
              },
            };
      },
    }),
    defineRoute({
      id: 'saveConsumer',
      method: 'put',
      path: '/changes/consumers/:id',
      summary: 'Stores how far a consumer of the changes has come',
      permissions: [changesReadPermission],
      servicesOnly: true,
      params,
      body: consumerSchema,
      status: 204,
      errors: [],
      audit: 'consumer-save',
      handle: ({ params: { id }, body }) => history.saveConsumer(id, body),
    }),
  ];
}
