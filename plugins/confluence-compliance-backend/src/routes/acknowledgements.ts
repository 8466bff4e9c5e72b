// SPDX-License-Identifier: Apache-2.0
import {
  acknowledgementProgressSchema,
  acknowledgementSchema,
  acknowledgementsQuerySchema,
  acknowledgeSchema,
  ownAcknowledgementsSchema,
  policyAcknowledgePermission,
  policyApprovePermission,
  policyReadPermission,
  remindedSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { pathId } from './parse';
import type { Rooms } from './rooms';
import { defineRoute, Route } from './route';

const params = z.object({ id: pathId });

export function acknowledgementRoutes(rooms: Rooms): Route[] {
  const { acknowledgements, checks, connections, history, policies } = rooms;
  const policyOf = async (id: string) => policies.get(id, await history.head());
  return [
    defineRoute({
      id: 'getAcknowledgements',
      method: 'get',
      path: '/policies/:id/acknowledgements',
      summary: 'Who has acknowledged a policy, and who has not',
      permissions: [policyReadPermission],
      params,
      query: acknowledgementsQuerySchema,
      status: 200,
      answer: acknowledgementProgressSchema,
      errors: [404],
      handle: async ({ params: { id }, query }) =>
        acknowledgements.progress(await policyOf(id), query),
    }),
    defineRoute({
      id: 'acknowledgePolicy',
      method: 'post',
      path: '/policies/:id/acknowledgements',
      summary: 'Acknowledges the approved version of its page, for oneself',
      permissions: [policyAcknowledgePermission],
      params,
      body: acknowledgeSchema,
      status: 201,
      answer: acknowledgementSchema,
      errors: [404, 409],
      audit: 'policy-acknowledge',
      handle: async ({ params: { id }, body, actor }) => {
        const policy = await policyOf(id);
        const made = await acknowledgements.acknowledge(policy, body, actor);
        const { people, acknowledged } =
          (await acknowledgements.numbersOf(policy)) ?? {};
        // Whoever is not the last of them changes no verdict.
        if (people === acknowledged) {
          await checks.afterChangeOf('policies');
        }
        return made;
      },
    }),
    defineRoute({
      id: 'remindOfPolicy',
      method: 'post',
      path: '/policies/:id/reminders',
      summary: 'Reminds those who have not acknowledged a policy, once a day',
      permissions: [policyApprovePermission],
      params,
      status: 200,
      answer: remindedSchema,
      errors: [404, 409],
      audit: 'policy-remind',
      madeOf: ({ people }) => ({ people }),
      handle: async ({ params: { id } }) => ({
        people: await rooms.remind(await policyOf(id)),
      }),
    }),
    defineRoute({
      id: 'listOwnAcknowledgements',
      method: 'get',
      path: '/acknowledgements',
      summary: 'The policies that concern whoever asks',
      permissions: [policyAcknowledgePermission],
      status: 200,
      answer: ownAcknowledgementsSchema,
      errors: [],
      handle: async ({ actor }) => {
        const all = await policies.list({ revision: await history.head() });
        const items = await Promise.all(
          all.map(async policy => {
            const own = await acknowledgements.own(policy, actor);
            const { site } = connections.get(policy.connection);
            return own
              ? [
                  {
                    ...own,
                    ...(site && { url: urlOf(site, own.target.pageId) }),
                  },
                ]
              : [];
          }),
        );
        return { items: items.flat() };
      },
    }),
  ];
}

function urlOf(site: string, pageId: string): string {
  const url = new URL('/wiki/pages/viewpage.action', site);
  url.searchParams.set('pageId', pageId);
  return url.href;
}
