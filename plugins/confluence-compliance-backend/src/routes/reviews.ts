// SPDX-License-Identifier: Apache-2.0
import {
  cancelReviewSchema,
  changedItemsSchema,
  changeReviewOwnerSchema,
  createReviewSchema,
  decidedItemsSchema,
  decideItemsSchema,
  handedOnSchema,
  handOnItemsSchema,
  openDecisionsSchema,
  ownReviewItemsQuerySchema,
  pageSchema,
  reassignItemsSchema,
  remediatedItemSchema,
  remediationsQuerySchema,
  reviewDecidePermission,
  reviewItemSchema,
  reviewItemsQuerySchema,
  reviewManagePermission,
  reviewReadPermission,
  reviewSchema,
  reviewsQuerySchema,
  startReviewSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { assertPeople, peopleOfReview } from './assertPeople';
import { pathId } from './parse';
import { connectionsOf, type Rooms } from './rooms';
import { recordRoutes } from './reviewRecord';
import { defineRoute, Route } from './route';

const params = z.object({ id: pathId });

/** Everything about access reviews. Whoever only decides sees what is theirs to decide. */
export function reviewRoutes(rooms: Rooms): Route[] {
  return [
    // Before `/reviews/:id`, which would take its paths for ids.
    ...recordRoutes(rooms),
    ...readRoutes(rooms),
    ...decideRoutes(rooms),
    ...manageRoutes(rooms),
  ];
}

function readRoutes(rooms: Rooms): Route[] {
  return [
    defineRoute({
      id: 'listReviews',
      method: 'get',
      path: '/reviews',
      summary: 'Access reviews, newest first',
      permissions: [reviewReadPermission],
      query: reviewsQuerySchema,
      status: 200,
      answer: pageSchema(reviewSchema),
      errors: [],
      handle: ({ query: { state, ...page } }) =>
        rooms.reviews.list({ state }, page),
    }),
    // Before `/reviews/:id`, which would take it for an id.
    defineRoute({
      id: 'listOwnReviews',
      method: 'get',
      path: '/reviews/mine',
      summary: 'Running reviews with items that the caller decides',
      permissions: [reviewDecidePermission],
      query: reviewsQuerySchema.omit({ state: true }),
      status: 200,
      answer: pageSchema(reviewSchema),
      errors: [],
      handle: async ({ query, actor }) =>
        rooms.reviews.list(
          { reviewers: await rooms.reviews.delegations.placesOf(actor) },
          query,
        ),
    }),
    defineRoute({
      id: 'listOpenDecisions',
      method: 'get',
      path: '/reviews/open-decisions',
      summary:
        'Running reviews with undecided items of the caller, the one that is due first on top',
      permissions: [reviewDecidePermission],
      query: reviewsQuerySchema.omit({ state: true }),
      status: 200,
      answer: openDecisionsSchema,
      errors: [],
      handle: async ({ query, actor }) =>
        rooms.reviews.openDecisions(
          await rooms.reviews.delegations.placesOf(actor),
          query,
        ),
    }),
    defineRoute({
      id: 'getReview',
      method: 'get',
      path: '/reviews/:id',
      summary: 'One access review with its progress',
      permissions: [reviewReadPermission],
      resourceRef: ({ id }) => id,
      params,
      status: 200,
      answer: reviewSchema,
      errors: [404],
      handle: ({ params: { id } }) => rooms.reviews.get(id),
    }),
    defineRoute({
      id: 'listReviewItems',
      method: 'get',
      path: '/reviews/:id/items',
      summary: 'All items of a review',
      permissions: [reviewReadPermission],
      params,
      query: reviewItemsQuerySchema,
      status: 200,
      answer: pageSchema(reviewItemSchema),
      errors: [404],
      handle: ({ params: { id }, query: { cursor, limit, ...filter } }) =>
        rooms.reviews.items({ reviewId: id, ...filter }, { cursor, limit }),
    }),
    defineRoute({
      id: 'listRemediations',
      method: 'get',
      path: '/reviews/:id/remediations',
      summary: 'Items that were revoked, and what became of them',
      permissions: [reviewReadPermission],
      params,
      query: remediationsQuerySchema,
      status: 200,
      answer: pageSchema(remediatedItemSchema),
      errors: [404],
      handle: ({ params: { id }, query }) =>
        rooms.reviews.remediations(id, query),
    }),
  ];
}

function decideRoutes(rooms: Rooms): Route[] {
  return [
    defineRoute({
      id: 'listOwnReviewItems',
      method: 'get',
      path: '/reviews/:id/items/mine',
      summary: 'The items of a review that the caller decides',
      permissions: [reviewDecidePermission],
      params,
      query: ownReviewItemsQuerySchema,
      status: 200,
      answer: pageSchema(reviewItemSchema),
      errors: [404],
      handle: async ({
        params: { id },
        query: { cursor, limit, ...filter },
        actor,
      }) => {
        const reviewers = await rooms.reviews.delegations.placesOf(actor);
        return rooms.reviews.items(
          { reviewId: id, ...filter, reviewers },
          { cursor, limit },
        );
      },
    }),
    defineRoute({
      id: 'decideReviewItems',
      method: 'post',
      path: '/reviews/:id/decisions',
      summary:
        'Decides items of which the caller is the reviewer, all or none, but not what is about them',
      permissions: [reviewDecidePermission],
      params,
      body: decideItemsSchema,
      status: 200,
      answer: decidedItemsSchema,
      errors: [404, 409],
      audit: 'review-decide',
      handle: ({ params: { id }, body, actor }) =>
        rooms.reviews.decide(id, actor, body),
    }),
  ];
}

function manageRoutes(rooms: Rooms): Route[] {
  const permissions = [reviewManagePermission];
  return [
    defineRoute({
      id: 'createReview',
      method: 'post',
      path: '/reviews',
      summary: 'Makes a draft of an access review',
      permissions,
      body: createReviewSchema,
      status: 201,
      answer: reviewSchema,
      errors: [],
      audit: 'review-create',
      madeOf: ({ id }) => ({ review: id }),
      handle: async ({ body, actor, credentials }) => {
        connectionsOf(rooms, body.scope.connection);
        await assertPeople(rooms.catalog, peopleOfReview(body), credentials);
        return rooms.reviews.add(actor, body);
      },
    }),
    defineRoute({
      id: 'startReview',
      method: 'post',
      path: '/reviews/:id/start',
      summary: 'Pins a draft to what is known now and makes its items',
      permissions,
      params,
      body: startReviewSchema,
      status: 200,
      answer: reviewSchema,
      errors: [404, 409],
      audit: 'review-start',
      handle: ({ params: { id }, body, actor }) =>
        rooms.reviews.begin(id, actor, body.acceptGaps),
    }),
    defineRoute({
      id: 'reassignReviewItems',
      method: 'post',
      path: '/reviews/:id/reassign',
      summary:
        'Hands items to another reviewer, all or none; decided ones are decided again',
      permissions,
      params,
      body: reassignItemsSchema,
      status: 200,
      answer: changedItemsSchema,
      errors: [404, 409],
      audit: 'review-reassign',
      handle: async ({ params: { id }, body, actor, credentials }) => {
        await assertPeople(rooms.catalog, { to: body.to }, credentials);
        return rooms.reviews.reassign(id, actor, body);
      },
    }),
    defineRoute({
      id: 'handOnReviewItems',
      method: 'post',
      path: '/reviews/:id/hand-on',
      summary: 'Hands the items of a reviewer to another, at most 500 at once',
      permissions,
      params,
      body: handOnItemsSchema,
      status: 200,
      answer: handedOnSchema,
      errors: [404, 409],
      audit: 'review-hand-on',
      madeOf: ({ handed, undone }) => ({ handed, undone }),
      handle: async ({ params: { id }, body, actor, credentials }) => {
        await assertPeople(rooms.catalog, { to: body.to }, credentials);
        return rooms.reviews.handOn(id, actor, body);
      },
    }),
    defineRoute({
      id: 'changeReviewOwner',
      method: 'post',
      path: '/reviews/:id/owner',
      summary: 'Gives a review that has not ended to another owner',
      permissions,
      params,
      body: changeReviewOwnerSchema,
      status: 200,
      answer: reviewSchema,
      errors: [404, 409],
      audit: 'review-change-owner',
      handle: async ({ params: { id }, body, actor, credentials }) => {
        const { owner } = body;
        await assertPeople(rooms.catalog, { owner }, credentials);
        return rooms.reviews.changeOwner(id, actor, body);
      },
    }),
    defineRoute({
      id: 'signOffReview',
      method: 'post',
      path: '/reviews/:id/sign-off',
      summary: 'Seals a review that is decided and proven',
      permissions,
      params,
      status: 200,
      answer: reviewSchema,
      errors: [404, 409],
      audit: 'review-sign-off',
      handle: ({ params: { id }, actor }) => rooms.reviews.signOff(id, actor),
    }),
    defineRoute({
      id: 'cancelReview',
      method: 'post',
      path: '/reviews/:id/cancel',
      summary: 'Ends a review without a result',
      permissions,
      params,
      body: cancelReviewSchema,
      status: 200,
      answer: reviewSchema,
      errors: [404, 409],
      audit: 'review-cancel',
      handle: ({ params: { id }, body, actor }) =>
        rooms.reviews.cancel(id, actor, body.reason),
    }),
  ];
}
