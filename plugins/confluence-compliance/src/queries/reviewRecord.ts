// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  AssignRemediations,
  Delegate,
  PreviewReview,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { root, SLOW, usePages } from './base';
import { useForgetReview } from './reviews';

/** What was done with one row of a review, newest first. */
export function useItemHistory(reviewId: string, item: string) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'item-history', reviewId, item],
    queryFn: ({ signal }) =>
      api.getReviewItemHistory(reviewId, item, { signal }),
  });
}

/** Says who removes what was revoked, and by when. */
export function useAssignRemediations(reviewId: string) {
  const api = useApi(confluenceComplianceApiRef);
  const forget = useForgetReview(reviewId);
  return useMutation({
    mutationFn: (body: AssignRemediations) =>
      api.assignRemediations(reviewId, body),
    onSettled: forget,
  });
}

/** Who decides in the place of whoever looks, and in whose place they do, page by page. */
export function useDelegations() {
  const api = useApi(confluenceComplianceApiRef);
  return usePages(
    ['delegations', 'own'],
    (cursor, options) => api.listDelegations({ cursor }, options),
    { refetchInterval: SLOW },
  );
}

/** Whoever decides in the place of somebody, now or later, page by page. */
export function useAllDelegations() {
  const api = useApi(confluenceComplianceApiRef);
  return usePages(
    ['delegations', 'all'],
    (cursor, options) => api.listAllDelegations({ cursor }, options),
    { refetchInterval: SLOW },
  );
}

/** Lets somebody decide in the place of whoever looks for a while. */
export function useDelegate() {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Delegate) => api.delegateReviews(body),
    onSuccess: () =>
      client.invalidateQueries({ queryKey: [root, 'delegations'] }),
  });
}

/** Ends a delegation of one's own, or of anybody, before its time; the lists are read again also when that failed. */
export function useEndDelegation(whose: 'own' | 'any') {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      whose === 'own' ? api.endDelegation(id) : api.endAnyDelegation(id),
    onSettled: () =>
      client.invalidateQueries({ queryKey: [root, 'delegations'] }),
  });
}

/** What a review would consist of now; nothing while there is no scope. */
export function useReviewPreview(asked?: PreviewReview) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'review-preview', asked],
    queryFn: ({ signal }) =>
      api.previewReview(asked as PreviewReview, { signal }),
    enabled: asked !== undefined,
    staleTime: SLOW,
  });
}
