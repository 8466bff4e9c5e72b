// SPDX-License-Identifier: Apache-2.0
import { isError } from '@backstage/errors';
import {
  acceptShrinkSchema,
  connectionReadPermission,
  runSchema,
  syncRunPermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { pathId } from './parse';
import type { Rooms } from './rooms';
import { defineRoute, Route } from './route';

const params = z.object({ id: pathId });

/** No id of a connection has this character. */
const NO_CONNECTION = '?';

export function runRoutes({ sync }: Rooms): Route[] {
  return [
    defineRoute({
      id: 'getRun',
      method: 'get',
      path: '/runs/:id',
      summary: 'One sync run with its progress by dataset',
      permissions: [connectionReadPermission],
      params,
      status: 200,
      answer: runSchema,
      errors: [404],
      handle: ({ params: { id } }) => sync.run(id),
    }),
    defineRoute({
      id: 'acceptShrink',
      method: 'post',
      path: '/runs/:id/accept',
      summary: 'Carries out removals that were refused as too many at once',
      permissions: [syncRunPermission],
      resourceRef: ({ id }) => connectionOf(sync, id),
      params,
      body: acceptShrinkSchema,
      status: 200,
      answer: runSchema,
      errors: [404, 409],
      audit: 'shrink-accept',
      handle: ({ params: { id }, body, actor }) =>
        sync.acceptShrink(id, body.readId, actor, body.reason),
    }),
  ];
}

/** The connection of a run. Who may not touch any connection must not learn which runs exist. */
async function connectionOf(sync: Rooms['sync'], run: string): Promise<string> {
  try {
    return (await sync.run(run)).connection;
  } catch (error) {
    if (isError(error) && error.name === 'NotFoundError') {
      return NO_CONNECTION;
    }
    throw error;
  }
}
