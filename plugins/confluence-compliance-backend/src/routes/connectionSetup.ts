// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import {
  authorizeAnswerSchema,
  completeAuthorizationSchema,
  completedAuthorizationSchema,
  connectionCreatePermission,
  connectionDeletePermission,
  connectionReadPermission,
  connectionSchema,
  connectionSetupSchema,
  connectionTestSchema,
  connectionUpdatePermission,
  createConnectionSchema,
  deleteConnectionQuerySchema,
  updateConnectionSchema,
  userGroupChoicesQuerySchema,
  userGroupChoicesSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { describeCapabilities, SCOPES } from '../connections';
import { assertOwner } from './assertOwner';
import { toConnection } from './describeConnection';
import { pathId } from './parse';
import type { Rooms } from './rooms';
import { defineRoute, Route } from './route';

const params = z.object({ id: pathId });
const resourceRef = ({ id }: z.output<typeof params>) => id;

/** Connecting a site: what to ask for, making, granting, testing, changing, ending. */
export function connectionSetupRoutes(rooms: Rooms): Route[] {
  const { config, connections, setup, history, upkeep, checks, sync } = rooms;
  return [
    defineRoute({
      id: 'getConnectionSetup',
      method: 'get',
      path: '/connection-setup',
      summary: 'What somebody needs to know to connect a site',
      permissions: [connectionReadPermission],
      status: 200,
      answer: connectionSetupSchema,
      errors: [],
      handle: async () => ({
        allowedSites: config.allowedSites,
        oauth: config.oauth && {
          clientId: config.oauth.clientId,
          callbackUrl: config.oauth.callbackUrl,
        },
        sealingKey: connections.keyring.current,
        scopes: SCOPES.map(({ purposes, datasets, ...scope }) => ({
          ...scope,
          purposes: [...purposes],
          datasets: [...datasets],
          checks: [
            ...new Set(datasets.flatMap(dataset => checks.usersOf(dataset))),
          ],
        })),
      }),
    }),
    defineRoute({
      id: 'createConnection',
      method: 'post',
      path: '/connections',
      summary: 'Makes a connection; it reads nothing until it is enabled',
      permissions: [connectionCreatePermission],
      body: createConnectionSchema,
      status: 201,
      answer: connectionSchema,
      errors: [409],
      audit: 'connection-create',
      madeOf: ({ id }) => ({ id }),
      handle: async ({ body, actor, credentials }) => {
        if (body.owner !== undefined) {
          await assertOwner(rooms.catalog, body.owner, credentials);
        }
        return toConnection(rooms, await setup.settings.create(body, actor));
      },
    }),
    defineRoute({
      id: 'updateConnection',
      method: 'put',
      path: '/connections/:id',
      summary: 'Changes a connection that was made in the portal',
      permissions: [connectionUpdatePermission],
      resourceRef,
      params,
      body: updateConnectionSchema,
      status: 200,
      answer: connectionSchema,
      errors: [404, 409],
      audit: 'connection-update',
      handle: async ({ params: { id }, body, actor, credentials }) => {
        // One that has left the catalog since does not keep the rest from being changed.
        if (body.owner && body.owner !== connections.get(id).owner) {
          await assertOwner(rooms.catalog, body.owner, credentials);
        }
        return toConnection(
          rooms,
          await setup.settings.update(id, body, actor),
        );
      },
    }),
    defineRoute({
      id: 'deleteConnection',
      method: 'delete',
      path: '/connections/:id',
      summary: 'Ends a connection that was made in the portal',
      permissions: [connectionDeletePermission],
      resourceRef,
      params,
      query: deleteConnectionQuerySchema,
      status: 204,
      errors: [404, 409],
      audit: 'connection-delete',
      handle: async ({ params: { id }, query, actor }) => {
        if (query.history === 'delete' && query.entities === 'keep') {
          throw new InputError(
            'entities cannot be kept without the history that they show: keep both, or remove them',
          );
        }
        const revision = await history.head();
        await setup.settings.end(id, { ...query, revision }, actor);
        await upkeep.endNow(id);
      },
    }),
    defineRoute({
      id: 'testConnection',
      method: 'post',
      path: '/connections/:id/test',
      summary: 'Asks Atlassian what the credentials of a connection can read',
      permissions: [connectionUpdatePermission],
      resourceRef,
      params,
      status: 200,
      answer: connectionTestSchema,
      errors: [404, 409],
      audit: 'connection-test',
      handle: async ({ params: { id } }) => {
        const answer = await setup.tests.test(id);
        const known = Object.fromEntries(
          answer.capabilities.map(({ dataset, ...found }) => [dataset, found]),
        );
        const capabilities = describeCapabilities(known, {
          required: await sync.requiredDatasets(connections.get(id)),
          checksOf: dataset => checks.usersOf(dataset),
        });
        return { ...answer, capabilities };
      },
    }),
    defineRoute({
      id: 'authorizeConnection',
      method: 'post',
      path: '/connections/:id/authorize',
      summary: 'Where to send the person to grant access by OAuth',
      permissions: [connectionUpdatePermission],
      resourceRef,
      params,
      status: 200,
      answer: authorizeAnswerSchema,
      errors: [404],
      audit: 'connection-authorize',
      handle: async ({ params: { id }, actor }) => ({
        authorizeUrl: await setup.authorizations.start(id, actor),
      }),
    }),
    defineRoute({
      id: 'completeAuthorization',
      method: 'post',
      path: '/connections/:id/complete',
      summary: 'Takes over what Atlassian sent the person back with',
      permissions: [connectionUpdatePermission],
      resourceRef,
      params,
      body: completeAuthorizationSchema,
      status: 200,
      answer: completedAuthorizationSchema,
      errors: [404, 409, 503],
      audit: 'connection-authorized',
      handle: async ({ params: { id }, body, actor }) => {
        const sites = await setup.authorizations.complete(id, body, actor);
        const connection = await toConnection(rooms, connections.get(id));
        return { connection, sites };
      },
    }),
    defineRoute({
      id: 'listUserGroupChoices',
      method: 'get',
      path: '/connections/:id/user-groups',
      summary: 'Groups that can hold the population of a site',
      permissions: [connectionUpdatePermission],
      resourceRef,
      params,
      query: userGroupChoicesQuerySchema,
      status: 200,
      answer: userGroupChoicesSchema,
      errors: [404, 409],
      handle: ({ params: { id }, query }) =>
        setup.tests.userGroups(id, query.search),
    }),
  ];
}
