// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ChangeReviewOwner,
  HandedOn,
  HandOnItems,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useMutation } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { SLOW, usePages } from './base';
import { useForgetReview } from './reviews';

/** What was done with a whole review, page by page. */
export function useReviewHistory(id: string, enabled: boolean) {
  const api = useApi(confluenceComplianceApiRef);
  return usePages(
    ['review-history', id],
    (cursor, options) => api.listReviewHistory(id, { cursor }, options),
    { enabled, refetchInterval: SLOW },
  );
}

/** Gives a review to another owner. */
export function useChangeOwner(id: string) {
  const api = useApi(confluenceComplianceApiRef);
  const forget = useForgetReview(id);
  return useMutation({
    mutationFn: (body: ChangeReviewOwner) => api.changeReviewOwner(id, body),
    onSettled: forget,
  });
}

/** Hands on rows of a reviewer, request after request, until none is left that can be. */
export function useHandOn(id: string) {
  const api = useApi(confluenceComplianceApiRef);
  const forget = useForgetReview(id);
  return useMutation({
    mutationFn: async (body: HandOnItems): Promise<HandedOn> => {
      const done: HandedOn = { handed: 0, undone: 0, refused: [], more: true };
      while (done.more) {
        const answer = await api.handOnReviewItems(id, body);
        done.handed += answer.handed;
        done.undone += answer.undone;
        // They stay, so that each answer names them again.
        done.refused = answer.refused;
        done.more = answer.more && answer.handed > 0;
      }
      return done;
    },
    onSettled: forget,
  });
}
