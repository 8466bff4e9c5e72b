// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type { AssignRemediations } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useMutation, useQuery } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { root } from './base';
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
