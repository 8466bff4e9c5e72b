// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  type ExecuteRemovals,
  remediationExecutePermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useMutation, useQuery } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { root } from './base';
import { useForgetReview } from './reviews';

/** Whether whoever looks may remove at Confluence what a review revoked. */
export function useMayRemove(): boolean {
  return usePermission({ permission: remediationExecutePermission }).allowed;
}

/**
 * What a removal would send, and what it would not and why. What would be sent is asked for by itself,
 * so that it can be confirmed although others are refused.
 */
export function useRemovalPreview(
  reviewId: string,
  items: string[],
  enabled: boolean,
) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'removal-preview', reviewId, items],
    queryFn: async ({ signal }) => {
      const all = await api.previewRemovals(reviewId, { items }, { signal });
      const refused = all.items.filter(one => one.refused);
      const sent = all.items.filter(one => !one.refused);
      if (refused.length === 0 || sent.length === 0) {
        return { planned: sent, refused, confirm: all.confirm };
      }
      const rest = await api.previewRemovals(
        reviewId,
        { items: sent.map(({ item }) => item) },
        { signal },
      );
      return {
        planned: rest.items.filter(one => !one.refused),
        refused: [...refused, ...rest.items.filter(one => one.refused)],
        confirm: rest.confirm,
      };
    },
    enabled,
    // Each look is a new one, and what is confirmed must not change while it is read.
    gcTime: 0,
    staleTime: Infinity,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** Sends what the preview has shown; the review is read again also when that failed. */
export function useExecuteRemovals(reviewId: string) {
  const api = useApi(confluenceComplianceApiRef);
  const forget = useForgetReview(reviewId);
  return useMutation({
    mutationFn: (body: ExecuteRemovals) => api.executeRemovals(reviewId, body),
    onSettled: forget,
  });
}
