// SPDX-License-Identifier: Apache-2.0
import type {
  DecideItems,
  Review,
  ReviewItem,
  ReviewItemsQuery,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ConfluenceComplianceApi } from '../api';
import {
  itemEvents,
  pageOf,
  previewOf,
  remediations,
  review,
  reviewChanges,
  reviewItems,
  reviewPreview,
  reviews,
  reviewSummary,
} from './fixtures';
import { refuse } from './states/refused';

type ReviewsApi = Pick<
  ConfluenceComplianceApi,
  | 'listReviews'
  | 'createReview'
  | 'getReview'
  | 'startReview'
  | 'listReviewItems'
  | 'listOpenDecisions'
  | 'listOwnReviews'
  | 'listOwnReviewItems'
  | 'decideReviewItems'
  | 'reassignReviewItems'
  | 'handOnReviewItems'
  | 'changeReviewOwner'
  | 'listReviewHistory'
  | 'listRemediations'
  | 'signOffReview'
  | 'cancelReview'
  | 'getReviewSummary'
  | 'exportReview'
  | 'getReviewItemHistory'
  | 'previewReview'
  | 'assignRemediations'
  | 'previewRemovals'
  | 'executeRemovals'
>;

const me = 'user:default/ana.lindqvist';

/** Invented reviews that remember what was decided in them until the page is loaded again. */
export function createFixedReviews(
  answer: <T>(value: T) => Promise<T>,
): ReviewsApi {
  const known = new Map(reviews.map(one => [one.id, one]));
  const removals = new Map(remediations.map(one => [one.item.id, one]));
  const items = new Map(reviewItems.map(one => [one.id, one]));

  const find = (id: string) => {
    const found = known.get(id);
    return found ? answer(found) : refuse(404, `There is no review ${id}`);
  };
  const change = async (id: string, more: Partial<Review>) => {
    const next = { ...(await find(id)), ...more };
    known.set(id, next);
    return next;
  };
  const list = ({ decision, principal, container }: ReviewItemsQuery = {}) =>
    answer(
      pageOf(
        [...items.values()].filter(
          item =>
            (!decision || (item.decision?.kind ?? 'undecided') === decision) &&
            (!principal || item.principal.id === principal) &&
            (!container || item.container.id === container),
        ),
      ),
    );
  const decided = (item: ReviewItem, body: DecideItems): ReviewItem => ({
    ...item,
    version: item.version + 1,
    decision:
      body.decision === 'undo'
        ? undefined
        : {
            kind: body.decision,
            by: me,
            at: new Date().toISOString(),
            reason: body.reason,
          },
  });

  return {
    listReviews: ({ state } = {}) =>
      answer(
        pageOf(
          [...known.values()].filter(one => !state || one.state === state),
        ),
      ),
    createReview: body => {
      const made = review({
        ...reviews[1],
        id: `review-${known.size}`,
        title: body.title,
        scope: body.scope,
        dueAt: body.dueAt,
        preview: { ...reviewPreview, size: 41, gaps: [] },
      });
      known.set(made.id, made);
      return answer(made);
    },
    getReview: find,
    startReview: async id => {
      const { preview } = await find(id);
      return change(id, {
        state: 'in-progress',
        revision: 1482,
        startedAt: new Date().toISOString(),
        size: preview?.size,
        gaps: preview?.gaps,
        preview: undefined,
        progress: reviews[2].progress,
      });
    },
    listReviewItems: (_, query) => list(query),
    listOwnReviews: () => answer(pageOf(reviews.slice(0, 1))),
    listOpenDecisions: () =>
      answer({
        ...pageOf([{ review: reviews[0], open: 8 }]),
        open: 8,
      }),
    listOwnReviewItems: (_, query) => list(query),
    decideReviewItems: (_, body) => {
      const changed = body.items.flatMap(({ id }) => {
        const item = items.get(id);
        return item ? [decided(item, body)] : [];
      });
      changed.forEach(item => items.set(item.id, item));
      return answer({ items: changed });
    },
    reassignReviewItems: (_, { items: moved, to }) =>
      answer({
        items: moved.flatMap(({ id }) => {
          const item = items.get(id);
          items.delete(id);
          return item
            ? [
                {
                  ...item,
                  version: item.version + 1,
                  reviewer: { ref: to, because: 'reassigned' as const },
                },
              ]
            : [];
        }),
      }),
    handOnReviewItems: () =>
      answer({
        handed: 11,
        undone: 3,
        refused: [
          {
            id: 'item-1',
            reason: { code: 'about-themself', text: 'It is about them' },
          },
        ],
        more: false,
      }),
    changeReviewOwner: (id, { owner }) => change(id, { owner }),
    listReviewHistory: id =>
      answer(pageOf(id === 'review-q4' ? reviewChanges : [])),
    listRemediations: id =>
      answer(pageOf(id === 'review-draft' ? [] : [...removals.values()])),
    assignRemediations: (_, { items: assigned, owner, dueAt }) => {
      for (const id of assigned) {
        const removal = removals.get(id);
        if (removal) {
          removals.set(id, {
            ...removal,
            owner: owner ?? removal.owner,
            dueAt: dueAt ?? removal.dueAt,
          });
        }
      }
      return answer({ items: [] });
    },
    previewRemovals: (_, { items: asked }) => answer(previewOf(asked)),
    executeRemovals: (_, { items: asked }) => {
      const at = new Date().toISOString();
      for (const id of asked) {
        const removal = removals.get(id);
        if (removal) {
          const last = { outcome: 'sent' as const, by: me, at };
          removals.set(id, { ...removal, removal: last });
        }
      }
      return answer({
        items: asked.map(item => ({ item, outcome: 'sent' as const, at })),
      });
    },
    signOffReview: id =>
      change(id, { state: 'completed', seal: reviews[4].seal }),
    cancelReview: id => change(id, { state: 'cancelled' }),
    getReviewSummary: async id => ({
      ...reviewSummary,
      review: await find(id),
    }),
    exportReview: () => answer('item\n'),
    previewReview: ({ scope }) =>
      answer(
        scope.space
          ? { ...reviewPreview, size: 41, containers: 2 }
          : reviewPreview,
      ),
    getReviewItemHistory: () => answer({ items: itemEvents }),
  };
}
