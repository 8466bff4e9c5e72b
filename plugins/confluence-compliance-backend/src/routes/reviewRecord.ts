// SPDX-License-Identifier: Apache-2.0
import {
  assignRemediationsSchema,
  changedItemsSchema,
  itemHistorySchema,
  pageSchema,
  previewReviewSchema,
  reviewChangeSchema,
  reviewHistoryQuerySchema,
  reviewManagePermission,
  reviewPreviewSchema,
  reviewReadPermission,
  reviewSummarySchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { assertPeople } from './assertPeople';
import { pathId } from './parse';
import { delegationRoutes } from './reviewDelegations';
import { connectionsOf, type Rooms } from './rooms';
import { defineRoute, Route } from './route';

const params = z.object({ id: pathId });
const itemParams = z.object({ id: pathId, item: pathId });

/** What a review would cover, who stands for whom in it, and its record. */
export function recordRoutes(rooms: Rooms): Route[] {
  return [
    ...delegationRoutes(rooms),
    defineRoute({
      id: 'previewReview',
      method: 'post',
      path: '/reviews/preview',
      summary:
        'What a review over a scope would consist of now, and who would decide how many',
      permissions: [reviewManagePermission],
      body: previewReviewSchema,
      status: 200,
      answer: reviewPreviewSchema,
      errors: [],
      audit: 'review-preview',
      handle: async ({ body, actor }) => {
        connectionsOf(rooms, body.scope.connection);
        return rooms.reviews.preview(actor, body);
      },
    }),
    defineRoute({
      id: 'listReviewHistory',
      method: 'get',
      path: '/reviews/:id/history',
      summary: 'What was done with a whole review, newest first',
      permissions: [reviewReadPermission],
      resourceRef: ({ id }) => id,
      params,
      query: reviewHistoryQuerySchema,
      status: 200,
      answer: pageSchema(reviewChangeSchema),
      errors: [404],
      handle: async ({ params: { id }, query, allows }) => {
        const page = await rooms.reviews.history(id, query);
        return (await allows(reviewReadPermission))
          ? page
          : {
              ...page,
              items: page.items.map(({ reason, ...change }) => change),
            };
      },
    }),
    defineRoute({
      id: 'getReviewItemHistory',
      method: 'get',
      path: '/reviews/:id/items/:item/history',
      summary: 'What was done with an item, newest first',
      permissions: [reviewReadPermission],
      resourceRef: ({ id }) => id,
      params: itemParams,
      status: 200,
      answer: itemHistorySchema,
      errors: [404],
      handle: async ({ params: { id, item }, actor, allows }) => {
        const all = await allows(reviewReadPermission);
        const reviewers = all
          ? undefined
          : await rooms.reviews.delegations.placesOf(actor);
        return rooms.reviews.itemHistory(id, item, reviewers);
      },
    }),
    defineRoute({
      id: 'getReviewSummary',
      method: 'get',
      path: '/reviews/:id/summary',
      summary: 'A review in numbers',
      permissions: [reviewReadPermission],
      params,
      status: 200,
      answer: reviewSummarySchema,
      errors: [404],
      handle: ({ params: { id } }) => rooms.reviews.summary(id),
    }),
    defineRoute({
      id: 'exportReview',
      method: 'get',
      path: '/reviews/:id/csv',
      summary: 'Every item as a row of CSV, with what was not whole at its end',
      permissions: [reviewReadPermission],
      params,
      status: 200,
      streams: 'text/csv',
      errors: [404],
      handle: ({ params: { id }, actor }) => rooms.reviews.csv(id, actor),
    }),
    defineRoute({
      id: 'assignRemediations',
      method: 'post',
      path: '/reviews/:id/remediations/assign',
      summary: 'Says who removes what was revoked, and by when',
      permissions: [reviewManagePermission],
      params,
      body: assignRemediationsSchema,
      status: 200,
      answer: changedItemsSchema,
      errors: [404, 409],
      audit: 'review-assign-remediations',
      handle: async ({ params: { id }, body, actor, credentials }) => {
        const { owner } = body;
        await assertPeople(rooms.catalog, { owner }, credentials);
        return rooms.reviews.assignRemediations(id, actor, body);
      },
    }),
  ];
}
