// SPDX-License-Identifier: Apache-2.0
import {
  pageSchema,
  reviewManagePermission,
  reviewReadPermission,
  reviewTemplateIdSchema,
  reviewTemplateInputSchema,
  reviewTemplateSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { assertPeople, peopleOfReview } from './assertPeople';
import { connectionsOf, type Rooms } from './rooms';
import { defineRoute, Route } from './route';

/** What reviews that recur are made of. */
export function reviewTemplateRoutes(rooms: Rooms): Route[] {
  const { history, reviewTemplates } = rooms;
  const setting = {
    path: '/review-templates/:id',
    permissions: [reviewManagePermission],
    params: z.object({ id: reviewTemplateIdSchema }),
  };
  return [
    defineRoute({
      id: 'listReviewTemplates',
      method: 'get',
      path: '/review-templates',
      summary: 'What reviews that recur are made of, and when the next is made',
      permissions: [reviewReadPermission],
      status: 200,
      answer: pageSchema(reviewTemplateSchema),
      errors: [],
      handle: async () => {
        const revision = await history.head();
        const items = await reviewTemplates.list();
        return { items, pageInfo: {}, totalItems: items.length, revision };
      },
    }),
    defineRoute({
      ...setting,
      id: 'setReviewTemplate',
      method: 'put',
      summary: 'Makes a template of reviews that recur, or changes it',
      body: reviewTemplateInputSchema,
      status: 200,
      answer: reviewTemplateSchema,
      errors: [409],
      audit: 'review-template-set',
      handle: async ({ params: { id }, body, actor, credentials }) => {
        connectionsOf(rooms, body.scope.connection);
        await assertPeople(rooms.catalog, peopleOfReview(body), credentials);
        return reviewTemplates.set({ ...body, id }, actor);
      },
    }),
    defineRoute({
      ...setting,
      id: 'deleteReviewTemplate',
      method: 'delete',
      summary: 'Deletes a template; the reviews that it made stay',
      status: 204,
      errors: [404, 409],
      audit: 'review-template-delete',
      handle: ({ params: { id }, actor }) => reviewTemplates.delete(id, actor),
    }),
  ];
}
