// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Review,
  TotalItems,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useQuery } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { atLeast } from '../components/totals';
import { root } from './base';

/** At most as many reviews are looked into. */
const MOST = 10;

/** A review that waits for whoever is signed in. */
export interface OpenDecisions {
  review: Review;
  /** How many decisions of theirs are open. */
  open: TotalItems;
}

/** Reviews with open decisions of whoever is signed in, the one that is due first on top. */
export function useOpenDecisions(enabled: boolean) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'open-decisions'],
    queryFn: async ({ signal }): Promise<OpenDecisions[]> => {
      const { items } = await api.listOwnReviews({ limit: MOST }, { signal });
      const counted = await Promise.all(
        items.map(async review => {
          const { totalItems } = await api.listOwnReviewItems(
            review.id,
            { decision: 'undecided', limit: 1 },
            { signal },
          );
          return { review, open: totalItems };
        }),
      );
      // One without a due date can wait longest.
      const due = ({ review }: OpenDecisions) => review.dueAt ?? '~';
      return counted
        .filter(({ open }) => atLeast(open) > 0)
        .sort((a, b) => (due(a) < due(b) ? -1 : 1));
    },
    enabled,
  });
}
