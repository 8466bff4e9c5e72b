// SPDX-License-Identifier: Apache-2.0
import type {
  RemediationState,
  Review,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useReviewRights, useReviewSummary } from '../queries';

/** A review in numbers, and how many of its removals stand where, for whoever may see them. */
export function useProofs({ id, state }: Review) {
  const { mayRead } = useReviewRights();
  const query = useReviewSummary(id, mayRead && state !== 'draft');
  const summary = query.data;
  return {
    query,
    summary,
    count: (one: RemediationState) => summary?.remediations[one] ?? 0,
  };
}

/** A review in numbers. */
export type Proofs = ReturnType<typeof useProofs>;
