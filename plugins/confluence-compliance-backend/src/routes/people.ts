// SPDX-License-Identifier: Apache-2.0
import { NotFoundError } from '@backstage/errors';
import {
  acceptPeopleShrinkSchema,
  accountClassesInputSchema,
  accountClassInputSchema,
  accountDecisionsSchema,
  accountLinkPermission,
  accountLinkSchema,
  accountLinksSchema,
  accountReadPermission,
  decidedAccountsSchema,
  departureSchema,
  pageSchema,
  peopleManagePermission,
  peopleQuerySchema,
  peopleSourcesSchema,
  personRecordSchema,
  unidentifiedAccountSchema,
  unidentifiedQuerySchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { readOwner } from '../connections';
import { accountRef } from '../permissions';
import { assertOwner } from './assertOwner';
import { pathId } from './parse';
import { listOptions, type Rooms } from './rooms';
import { defineRoute, Route } from './route';

const params = z.object({ connection: pathId, accountId: pathId });

/** People, and whose an account is. */
export function peopleRoutes(rooms: Rooms): Route[] {
  const decisionsOf = async (accountId: string) => {
    const { decisions } = rooms.history;
    const links = await decisions.links([accountId]);
    const classes = await decisions.classes([accountId]);
    return { link: links.get(accountId), class: classes.get(accountId) };
  };
  return [
    defineRoute({
      id: 'listPeople',
      method: 'get',
      path: '/people',
      summary: 'People of the personnel sources',
      permissions: [accountLinkPermission],
      query: peopleQuerySchema,
      status: 200,
      answer: pageSchema(personRecordSchema),
      errors: [410],
      handle: async ({ query }) =>
        rooms.lists.people(await listOptions(rooms, query)),
    }),
    defineRoute({
      id: 'listPeopleSources',
      method: 'get',
      path: '/people/sources',
      summary: 'The personnel sources, and how their last reads went',
      permissions: [accountLinkPermission],
      status: 200,
      answer: peopleSourcesSchema,
      errors: [],
      handle: async () => ({ items: await rooms.people.states() }),
    }),
    defineRoute({
      id: 'confirmDeparture',
      method: 'post',
      path: '/people/departures',
      summary: 'Says that somebody who is gone from every source has left',
      permissions: [peopleManagePermission],
      body: departureSchema,
      status: 204,
      errors: [404, 409],
      audit: 'people-departure',
      handle: async ({ body: { person, reason }, actor }) =>
        rooms.people.confirmDeparture(person, { actor, reason }),
    }),
    defineRoute({
      id: 'acceptPeopleShrink',
      method: 'post',
      path: '/people/sources/:id/accept',
      summary: 'Believes that whoever a personnel source has no more is gone',
      permissions: [peopleManagePermission],
      params: z.object({ id: pathId }),
      body: acceptPeopleShrinkSchema,
      status: 200,
      answer: peopleSourcesSchema,
      errors: [404, 409],
      audit: 'people-shrink-accept',
      handle: async ({ params: { id }, body: { reason }, actor }) => {
        await rooms.people.accept(id, { actor, reason });
        return { items: await rooms.people.states() };
      },
    }),
    defineRoute({
      id: 'listUnidentified',
      method: 'get',
      path: '/accounts/unidentified',
      summary: 'Accounts that wait for somebody to say whose they are',
      permissions: [accountLinkPermission, accountReadPermission],
      query: unidentifiedQuerySchema,
      status: 200,
      answer: pageSchema(unidentifiedAccountSchema),
      errors: [410],
      handle: async ({ query }) =>
        rooms.lists.unidentified(await listOptions(rooms, query)),
    }),
    defineRoute({
      id: 'getAccountDecisions',
      method: 'get',
      path: '/accounts/:connection/:accountId/decisions',
      summary: 'What people said of whose an account is, and what it is',
      permissions: [accountReadPermission],
      resourceRef: accountRef,
      params,
      status: 200,
      answer: accountDecisionsSchema,
      errors: [404],
      handle: async ({ params: { connection, accountId } }) => {
        const { history, connections } = rooms;
        const { id } = connections.get(connection);
        const asOf = await history.head();
        if (!(await history.row('accounts', id, accountId, asOf))) {
          throw new NotFoundError(
            `There is no account '${accountId}' in the connection '${id}'`,
          );
        }
        return decisionsOf(accountId);
      },
    }),
    defineRoute({
      id: 'linkAccount',
      method: 'put',
      path: '/accounts/:connection/:accountId/link',
      summary: 'Says whom an account belongs to, or takes that back',
      permissions: [accountLinkPermission],
      params,
      body: accountLinkSchema,
      status: 200,
      answer: accountDecisionsSchema,
      errors: [404, 409],
      audit: 'account-link',
      handle: async ({ params: { connection, accountId }, body, actor }) => {
        const { id } = rooms.connections.get(connection);
        await rooms.people.linkByHand({
          ...body,
          connection: id,
          accountId,
          actor,
        });
        return decisionsOf(accountId);
      },
    }),
    defineRoute({
      id: 'classifyAccount',
      method: 'put',
      path: '/accounts/:connection/:accountId/class',
      summary:
        'Says what an account is and who answers for it, or takes that back',
      permissions: [accountLinkPermission],
      params,
      body: accountClassInputSchema,
      status: 200,
      answer: accountDecisionsSchema,
      errors: [404, 409],
      audit: 'account-classify',
      handle: async ({
        params: { connection, accountId },
        body,
        actor,
        credentials,
      }) => {
        const { id } = rooms.connections.get(connection);
        if (body.owner) {
          await assertOwner(rooms.catalog, body.owner, credentials);
        }
        await rooms.people.classByHand({
          ...body,
          owner: body.owner && readOwner(body.owner),
          connection: id,
          accountId,
          actor,
        });
        return decisionsOf(accountId);
      },
    }),
    defineRoute({
      id: 'linkAccounts',
      method: 'post',
      path: '/accounts/links',
      summary:
        'Says whom several accounts belong to, or takes that back: all of it, or nothing',
      permissions: [accountLinkPermission],
      body: accountLinksSchema,
      status: 200,
      answer: decidedAccountsSchema,
      errors: [404, 409],
      audit: 'account-link',
      madeOf: ({ decided }) => ({ decided }),
      handle: async ({ body: { links, reason }, actor }) => {
        const decisions = links.map(link => ({
          ...link,
          connection: rooms.connections.get(link.connection).id,
          reason,
          actor,
        }));
        await rooms.people.linkByHand(...decisions);
        return { decided: links.length };
      },
    }),
    defineRoute({
      id: 'classifyAccounts',
      method: 'post',
      path: '/accounts/classes',
      summary:
        'Says what several accounts are and who answers for them, or takes that back: all of it, or nothing',
      permissions: [accountLinkPermission],
      body: accountClassesInputSchema,
      status: 200,
      answer: decidedAccountsSchema,
      errors: [404, 409],
      audit: 'account-classify',
      madeOf: ({ decided }) => ({ decided }),
      handle: async ({ body, actor, credentials }) => {
        const { accounts, owner, ...said } = body;
        if (owner) {
          await assertOwner(rooms.catalog, owner, credentials);
        }
        const decisions = accounts.map(({ connection, accountId }) => ({
          ...said,
          owner: owner && readOwner(owner),
          connection: rooms.connections.get(connection).id,
          accountId,
          actor,
        }));
        await rooms.people.classByHand(...decisions);
        return { decided: accounts.length };
      },
    }),
  ];
}
