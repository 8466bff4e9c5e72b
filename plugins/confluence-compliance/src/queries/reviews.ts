// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  type CreateReview,
  type OwnReviewItemsQuery,
  type Review,
  reviewDecidePermission,
  reviewManagePermission,
  reviewReadPermission,
  type ReviewState,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { isForbidden } from '../components/errors';
import { FAST, root, SLOW, usePages } from './base';

/** Names no review: whoever may read it may read all of them, and not under a condition only. */
export const ALL_REVIEWS = 'all';

/** What somebody may do in reviews; nothing while it is not known yet. */
export function useReviewRights() {
  const read = usePermission({
    permission: reviewReadPermission,
    resourceRef: ALL_REVIEWS,
  });
  const decide = usePermission({ permission: reviewDecidePermission });
  const manage = usePermission({ permission: reviewManagePermission });
  return {
    isKnown: !read.loading && !decide.loading && !manage.loading,
    mayRead: read.allowed,
    mayDecide: decide.allowed,
    mayManage: manage.allowed,
  };
}

/** Reviews, newest first, page by page. */
export function useReviews(query: { state?: ReviewState }, enabled: boolean) {
  const api = useApi(confluenceComplianceApiRef);
  return usePages(
    ['reviews', query],
    (cursor, options) => api.listReviews({ ...query, cursor }, options),
    { enabled, refetchInterval: SLOW },
  );
}

/** Running reviews in which one decides something, page by page. */
export function useOwnReviews(enabled: boolean) {
  const api = useApi(confluenceComplianceApiRef);
  return usePages(
    ['own-reviews'],
    (cursor, options) => api.listOwnReviews({ cursor }, options),
    { enabled, refetchInterval: SLOW },
  );
}

/** How many rows one has in a review: all of them, or those of one decision. */
export function useOwnCount(
  id: string,
  decision: OwnReviewItemsQuery['decision'],
  enabled: boolean,
) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'own-count', id, decision],
    queryFn: async ({ signal }) => {
      const query = { decision, limit: 1 };
      const page = await api.listOwnReviewItems(id, query, { signal });
      return page.totalItems;
    },
    enabled,
    refetchInterval: SLOW,
  });
}

const isMaking = (review?: Review) => review?.progress.items === 'creating';

/**
 * One review. Whoever only decides may not ask for it: it is found among their own, and null when
 * it is not one of these.
 */
export function useReview(id: string) {
  const api = useApi(confluenceComplianceApiRef);
  const { isKnown, mayRead, mayDecide } = useReviewRights();
  return useQuery({
    queryKey: [root, 'review', id, mayRead],
    queryFn: async ({ signal }): Promise<Review | null> => {
      if (mayRead || !mayDecide) {
        return api.getReview(id, { signal });
      }
      let cursor: string | undefined;
      do {
        const page = await api.listOwnReviews({ cursor }, { signal });
        const found = page.items.find(review => review.id === id);
        if (found) {
          return found;
        }
        cursor = page.pageInfo.nextCursor;
      } while (cursor);
      // It may be over, and its reviewers may still look at what they decided.
      return api.getReview(id, { signal }).catch(error => {
        if (isForbidden(error)) {
          return null;
        }
        throw error;
      });
    },
    enabled: isKnown,
    refetchInterval: ({ state: { data } }) => {
      const isStill = ['draft', 'completed', 'cancelled'];
      if (data && isStill.includes(data.state)) {
        return false;
      }
      return isMaking(data ?? undefined) ? FAST : SLOW;
    },
    // What a draft would cover is counted anew with each read: not below the eyes of who accepts its gaps.
    refetchOnWindowFocus: ({ state: { data } }) => data?.state !== 'draft',
  });
}

/** Makes a draft. */
export function useCreateReview() {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateReview) => api.createReview(body),
    onSuccess: () => client.invalidateQueries({ queryKey: [root, 'reviews'] }),
  });
}

/** What can be done to a whole review. */
export type ReviewStep =
  | { step: 'start'; acceptGaps?: { gapsHash: string; reason: string } }
  | { step: 'sign-off' }
  | { step: 'cancel'; reason: string };

/** Starts, signs off or cancels a review; it is read again also when that failed. */
export function useReviewStep(id: string) {
  const api = useApi(confluenceComplianceApiRef);
  const forget = useForgetReview(id);
  return useMutation({
    mutationFn: (act: ReviewStep) => {
      switch (act.step) {
        case 'start':
          return api.startReview(id, { acceptGaps: act.acceptGaps });
        case 'cancel':
          return api.cancelReview(id, { reason: act.reason });
        default:
          return api.signOffReview(id);
      }
    },
    onSettled: forget,
  });
}

/** Reads a review and the lists that count it again, but not the rows somebody works on. */
export function useForgetReview(id: string) {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [
        ['review', id],
        ['reviews'],
        ['own-reviews'],
        ['own-count', id],
        ['open-decisions'],
        ['remediations', id],
        ['review-summary', id],
        ['item-history', id],
        ['review-history', id],
      ].map(key => client.invalidateQueries({ queryKey: [root, ...key] })),
    );
}

/** A review in numbers. */
export function useReviewSummary(id: string, enabled: boolean) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'review-summary', id],
    queryFn: ({ signal }) => api.getReviewSummary(id, { signal }),
    enabled,
    refetchInterval: ({ state }) =>
      state.data?.review.state === 'completed' ? false : SLOW,
  });
}

/** What became of what was revoked, page by page. */
export function useRemediations(id: string, limit: number, enabled: boolean) {
  const api = useApi(confluenceComplianceApiRef);
  return usePages(
    ['remediations', id, limit],
    (cursor, options) => api.listRemediations(id, { limit, cursor }, options),
    { enabled, refetchInterval: SLOW },
  );
}
