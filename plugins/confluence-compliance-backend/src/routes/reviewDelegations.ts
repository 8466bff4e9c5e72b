// SPDX-License-Identifier: Apache-2.0
import {
  delegateSchema,
  delegationSchema,
  delegationsQuerySchema,
  pageSchema,
  reviewDecidePermission,
  reviewManagePermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { assertPeople } from './assertPeople';
import { pathId } from './parse';
import type { Rooms } from './rooms';
import { defineRoute, Route } from './route';

const params = z.object({ id: pathId });

/** Who decides in the place of whom. */
export function delegationRoutes(rooms: Rooms): Route[] {
  const permissions = [reviewDecidePermission];
  const listing = {
    method: 'get',
    query: delegationsQuerySchema,
    status: 200,
    answer: pageSchema(delegationSchema),
    errors: [],
  } satisfies Partial<Route>;
  return [
    defineRoute({
      ...listing,
      id: 'listDelegations',
      path: '/reviews/delegations',
      summary:
        'Who decides in the place of the caller, and the other way round',
      permissions,
      handle: ({ actor, query }) =>
        rooms.reviews.delegations.list(actor, query),
    }),
    defineRoute({
      ...listing,
      id: 'listAllDelegations',
      path: '/reviews/delegations/all',
      summary: 'Whoever decides in the place of somebody, now or later',
      permissions: [reviewManagePermission],
      handle: ({ query }) => rooms.reviews.delegations.listOpen(query),
    }),
    defineRoute({
      id: 'delegateReviews',
      method: 'post',
      path: '/reviews/delegations',
      summary: 'Lets somebody decide in the place of the caller for a while',
      permissions,
      body: delegateSchema,
      status: 201,
      answer: delegationSchema,
      errors: [],
      audit: 'review-delegate',
      madeOf: ({ id }) => ({ delegation: id }),
      handle: async ({ body, actor, credentials }) => {
        await assertPeople(rooms.catalog, { to: body.to }, credentials);
        return rooms.reviews.delegations.add(actor, body);
      },
    }),
    defineRoute({
      id: 'endDelegation',
      method: 'post',
      path: '/reviews/delegations/:id/end',
      summary: 'Ends a delegation of the caller before its time',
      permissions,
      params,
      status: 200,
      answer: delegationSchema,
      errors: [404, 409],
      audit: 'review-end-delegation',
      handle: ({ params: { id }, actor }) =>
        rooms.reviews.delegations.end(actor, id, { anybodys: false }),
    }),
    defineRoute({
      id: 'endAnyDelegation',
      method: 'post',
      path: '/reviews/delegations/all/:id/end',
      summary: 'Ends a delegation of anybody before its time',
      permissions: [reviewManagePermission],
      params,
      status: 200,
      answer: delegationSchema,
      errors: [404, 409],
      audit: 'review-end-any-delegation',
      handle: ({ params: { id }, actor }) =>
        rooms.reviews.delegations.end(actor, id, { anybodys: true }),
    }),
  ];
}
