// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { root } from './base';

/** What was done with one row of a review, newest first. */
export function useItemHistory(reviewId: string, item: string) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'item-history', reviewId, item],
    queryFn: ({ signal }) =>
      api.getReviewItemHistory(reviewId, item, { signal }),
  });
}
