// SPDX-License-Identifier: Apache-2.0
import {
  accountDetailSchema,
  accountGrantSchema,
  accountReadPermission,
  accountSchema,
  accountsQuerySchema,
  eraseAccountSchema,
  erasedAccountSchema,
  grantsQuerySchema,
  listQuerySchema,
  pageSchema,
  peopleManagePermission,
  timelineEntrySchema,
  timelineQuerySchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { accountRef } from '../permissions';
import { revisionAsOf } from './asOf';
import { pathId } from './parse';
import { listOptions, Rooms } from './rooms';
import { defineRoute, Route } from './route';

const params = z.object({ connection: pathId, accountId: pathId });

export function accountRoutes(rooms: Rooms): Route[] {
  return [
    defineRoute({
      id: 'listAccounts',
      method: 'get',
      path: '/accounts',
      summary: 'Accounts seen in the sites',
      permissions: [accountReadPermission],
      narrows: 'accounts',
      query: accountsQuerySchema,
      status: 200,
      answer: pageSchema(accountSchema),
      errors: [410],
      handle: async ({ query, accounts }) =>
        rooms.lists.accounts({
          ...(await listOptions(rooms, query)),
          allowed: accounts,
        }),
    }),
    defineRoute({
      id: 'getAccount',
      method: 'get',
      path: '/accounts/:connection/:accountId',
      summary: 'One account with the groups it is in',
      permissions: [accountReadPermission],
      resourceRef: accountRef,
      params,
      query: listQuerySchema.pick({ asOf: true }),
      status: 200,
      answer: accountDetailSchema,
      errors: [404, 410],
      handle: async ({ params: { connection, accountId }, query }) => {
        const { id } = rooms.connections.get(connection);
        const revision = await revisionAsOf(rooms, query.asOf, id);
        return rooms.access.account(id, accountId, revision);
      },
    }),
    defineRoute({
      id: 'listAccountGrants',
      method: 'get',
      path: '/accounts/:connection/:accountId/access',
      summary: 'What an account can do, one item per space and path',
      permissions: [accountReadPermission],
      resourceRef: accountRef,
      params,
      query: grantsQuerySchema,
      status: 200,
      answer: pageSchema(accountGrantSchema),
      errors: [404, 410],
      handle: async ({ params: { connection, accountId }, query }) => {
        const { id } = rooms.connections.get(connection);
        return rooms.access.accountGrants(accountId, {
          ...(await listOptions(rooms, query)),
          connection: id,
        });
      },
    }),
    defineRoute({
      id: 'listAccountChanges',
      method: 'get',
      path: '/accounts/:connection/:accountId/changes',
      summary: 'What became of an account, newest first',
      permissions: [accountReadPermission],
      resourceRef: accountRef,
      params,
      query: timelineQuerySchema,
      status: 200,
      answer: pageSchema(timelineEntrySchema),
      errors: [404, 410],
      handle: async ({ params: { connection, accountId }, query }) => {
        const { id } = rooms.connections.get(connection);
        return rooms.access.timeline(
          { kind: 'account', connection: id, id: accountId },
          await listOptions(rooms, query),
        );
      },
    }),
    defineRoute({
      id: 'eraseAccount',
      method: 'post',
      path: '/accounts/:connection/:accountId/erase',
      summary: 'Erases the name and email of an account for good',
      permissions: [peopleManagePermission],
      params,
      body: eraseAccountSchema,
      status: 200,
      answer: erasedAccountSchema,
      errors: [404],
      audit: 'account-erase',
      handle: ({ params: { connection, accountId }, body, actor }) =>
        rooms.history.retention.eraseAccount({
          connection,
          accountId,
          actor,
          reason: body.reason,
        }),
    }),
  ];
}
