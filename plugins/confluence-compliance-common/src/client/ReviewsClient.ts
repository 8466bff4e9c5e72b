// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { Page } from '../schemas/lists';
import type {
  cancelReviewSchema,
  changedItemsSchema,
  CreateReview,
  DecideItems,
  ReassignItems,
  RemediatedItem,
  Review,
  ReviewItem,
  startReviewSchema,
} from '../schemas/reviews';
import { ConnectionsClient } from './ConnectionsClient';
import type {
  OwnReviewItemsQuery,
  RemediationsQuery,
  ReviewItemsQuery,
  ReviewsQuery,
} from './queries';
import { type CallOptions, path } from './Requests';

/** The calls about access reviews. @public */
export class ReviewsClient extends ConnectionsClient {
  /** Reviews, newest first. */
  listReviews(
    query: ReviewsQuery = {},
    options?: CallOptions,
  ): Promise<Page<Review>> {
    return this.get('/reviews', query, options);
  }

  /** Makes a draft. */
  createReview(body: CreateReview, options?: CallOptions): Promise<Review> {
    return this.write('POST', '/reviews', body, options);
  }

  /** One review with its progress; of a draft with its size and gaps as of now. */
  getReview(id: string, options?: CallOptions): Promise<Review> {
    return this.get(path`/reviews/${id}`, {}, options);
  }

  /** Starts a draft; its items are then made in the background. */
  startReview(
    id: string,
    body: z.input<typeof startReviewSchema> = {},
    options?: CallOptions,
  ): Promise<Review> {
    return this.write('POST', path`/reviews/${id}/start`, body, options);
  }

  /** All items of a review, for those who may see them all. */
  listReviewItems(
    id: string,
    query: ReviewItemsQuery = {},
    options?: CallOptions,
  ): Promise<Page<ReviewItem>> {
    return this.get(path`/reviews/${id}/items`, query, options);
  }

  /** Reviews that are in progress and have items of which one is the reviewer. */
  listOwnReviews(
    query: Pick<ReviewsQuery, 'cursor' | 'limit'> = {},
    options?: CallOptions,
  ): Promise<Page<Review>> {
    return this.get('/reviews/mine', query, options);
  }

  /** The items of a review of which one is the reviewer. */
  listOwnReviewItems(
    id: string,
    query: OwnReviewItemsQuery = {},
    options?: CallOptions,
  ): Promise<Page<ReviewItem>> {
    return this.get(path`/reviews/${id}/items/mine`, query, options);
  }

  /** Decides items of which one is the reviewer, all or none. */
  decideReviewItems(
    id: string,
    body: DecideItems,
    options?: CallOptions,
  ): Promise<z.output<typeof changedItemsSchema>> {
    return this.write('POST', path`/reviews/${id}/decisions`, body, options);
  }

  /** Hands items to another reviewer, all or none. */
  reassignReviewItems(
    id: string,
    body: ReassignItems,
    options?: CallOptions,
  ): Promise<z.output<typeof changedItemsSchema>> {
    return this.write('POST', path`/reviews/${id}/reassign`, body, options);
  }

  /** Items that were revoked, and what became of them. */
  listRemediations(
    id: string,
    query: RemediationsQuery = {},
    options?: CallOptions,
  ): Promise<Page<RemediatedItem>> {
    return this.get(path`/reviews/${id}/remediations`, query, options);
  }

  /** Seals a review that is decided whole. */
  signOffReview(id: string, options?: CallOptions): Promise<Review> {
    return this.write('POST', path`/reviews/${id}/sign-off`, {}, options);
  }

  /** Ends a review without a result. */
  cancelReview(
    id: string,
    body: z.input<typeof cancelReviewSchema>,
    options?: CallOptions,
  ): Promise<Review> {
    return this.write('POST', path`/reviews/${id}/cancel`, body, options);
  }
}
