// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { Page } from '../schemas/lists';
import type {
  ExecutedRemovals,
  ExecuteRemovals,
  PreviewRemovals,
  RemovalPreview,
} from '../schemas/reviewRemovals';
import type {
  ChangeReviewOwner,
  HandedOn,
  HandOnItems,
  ReviewChange,
} from '../schemas/reviewPeople';
import type {
  AssignRemediations,
  Delegate,
  Delegation,
  itemHistorySchema,
  OpenDecisions,
  PreviewReview,
  ReviewSummary,
} from '../schemas/reviewRecord';
import type { ReviewPreview } from '../schemas/reviewPreview';
import type {
  changedItemsSchema,
  DecidedItems,
  DecideItems,
  ReassignItems,
  ReviewItem,
} from '../schemas/reviewItems';
import type { RemediatedItem } from '../schemas/reviewRemediations';
import type {
  cancelReviewSchema,
  CreateReview,
  Review,
  startReviewSchema,
} from '../schemas/reviews';
import type {
  DelegationsQuery,
  OwnReviewItemsQuery,
  RemediationsQuery,
  ReviewHistoryQuery,
  ReviewItemsQuery,
  ReviewsQuery,
} from './queries';
import { type CallOptions, path } from './Requests';
import { ReviewTemplatesClient } from './ReviewTemplatesClient';

/** The calls about access reviews. @public */
export class ReviewsClient extends ReviewTemplatesClient {
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

  /** What is open of the caller, by review, the one that is due first on top. */
  listOpenDecisions(
    query: Pick<ReviewsQuery, 'cursor' | 'limit'> = {},
    options?: CallOptions,
  ): Promise<OpenDecisions> {
    return this.get('/reviews/open-decisions', query, options);
  }

  /** The items of a review of which one is the reviewer. */
  listOwnReviewItems(
    id: string,
    query: OwnReviewItemsQuery = {},
    options?: CallOptions,
  ): Promise<Page<ReviewItem>> {
    return this.get(path`/reviews/${id}/items/mine`, query, options);
  }

  /** Decides items of which one is the reviewer, all or none; but not what is about oneself. */
  decideReviewItems(
    id: string,
    body: DecideItems,
    options?: CallOptions,
  ): Promise<DecidedItems> {
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

  /** Hands all items of a reviewer to another; ask again while there are more. */
  handOnReviewItems(
    id: string,
    body: HandOnItems,
    options?: CallOptions,
  ): Promise<HandedOn> {
    return this.write('POST', path`/reviews/${id}/hand-on`, body, options);
  }

  /** Gives a review to another owner. */
  changeReviewOwner(
    id: string,
    body: ChangeReviewOwner,
    options?: CallOptions,
  ): Promise<Review> {
    return this.write('POST', path`/reviews/${id}/owner`, body, options);
  }

  /** What was done with a whole review, newest first. */
  listReviewHistory(
    id: string,
    query: ReviewHistoryQuery = {},
    options?: CallOptions,
  ): Promise<Page<ReviewChange>> {
    return this.get(path`/reviews/${id}/history`, query, options);
  }

  /** Items that were revoked, and what became of them. */
  listRemediations(
    id: string,
    query: RemediationsQuery = {},
    options?: CallOptions,
  ): Promise<Page<RemediatedItem>> {
    return this.get(path`/reviews/${id}/remediations`, query, options);
  }

  /** What a review over a scope would consist of now, and who would decide how many. */
  previewReview(
    body: PreviewReview,
    options?: CallOptions,
  ): Promise<ReviewPreview> {
    return this.write('POST', '/reviews/preview', body, options);
  }

  /** What was done with an item, newest first. */
  getReviewItemHistory(
    id: string,
    item: string,
    options?: CallOptions,
  ): Promise<z.output<typeof itemHistorySchema>> {
    return this.get(path`/reviews/${id}/items/${item}/history`, {}, options);
  }

  /** A review in numbers. */
  getReviewSummary(id: string, options?: CallOptions): Promise<ReviewSummary> {
    return this.get(path`/reviews/${id}/summary`, {}, options);
  }

  /** Every item as a row of CSV, with what was not whole at its end. */
  async exportReview(id: string, options?: CallOptions): Promise<string> {
    const { signal } = options ?? {};
    const answer = await this.request(path`/reviews/${id}/csv`, { signal });
    return answer.text();
  }

  /** Says who removes what was revoked, and by when. */
  assignRemediations(
    id: string,
    body: AssignRemediations,
    options?: CallOptions,
  ): Promise<z.output<typeof changedItemsSchema>> {
    const url = path`/reviews/${id}/remediations/assign`;
    return this.write('POST', url, body, options);
  }

  /** Which requests a removal would send, or why not; sends nothing. */
  previewRemovals(
    id: string,
    body: PreviewRemovals,
    options?: CallOptions,
  ): Promise<RemovalPreview> {
    const url = path`/reviews/${id}/removals/preview`;
    return this.write('POST', url, body, options);
  }

  /** Sends what the preview has shown to Confluence. */
  executeRemovals(
    id: string,
    body: ExecuteRemovals,
    options?: CallOptions,
  ): Promise<ExecutedRemovals> {
    return this.write('POST', path`/reviews/${id}/removals`, body, options);
  }

  /** Who decides in the place of the caller, and in whose place the caller does. */
  listDelegations(
    query: DelegationsQuery = {},
    options?: CallOptions,
  ): Promise<Page<Delegation>> {
    return this.get('/reviews/delegations', query, options);
  }

  /** Whoever decides in the place of somebody, now or later; those that last longest first. */
  listAllDelegations(
    query: DelegationsQuery = {},
    options?: CallOptions,
  ): Promise<Page<Delegation>> {
    return this.get('/reviews/delegations/all', query, options);
  }

  /** Lets somebody decide in the place of the caller for a while. */
  delegateReviews(body: Delegate, options?: CallOptions): Promise<Delegation> {
    return this.write('POST', '/reviews/delegations', body, options);
  }

  /** Ends a delegation of the caller before its time. */
  endDelegation(id: string, options?: CallOptions): Promise<Delegation> {
    const url = path`/reviews/delegations/${id}/end`;
    return this.write('POST', url, {}, options);
  }

  /** Ends a delegation of anybody before its time. */
  endAnyDelegation(id: string, options?: CallOptions): Promise<Delegation> {
    const url = path`/reviews/delegations/all/${id}/end`;
    return this.write('POST', url, {}, options);
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
