// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type { ReviewTemplateInput } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { root, SLOW } from './base';

const key = [root, 'review-templates'];

/** What reviews that recur are made of, and when the next is made. */
export function useReviewTemplates(enabled: boolean) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.listReviewTemplates({ signal }),
    enabled,
    refetchInterval: SLOW,
  });
}

/** Makes a template, or changes it. */
export function useSetReviewTemplate() {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: ReviewTemplateInput }) =>
      api.setReviewTemplate(id, body),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

/** Deletes a template; the list is read again also when that failed. */
export function useDeleteReviewTemplate() {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.deleteReviewTemplate(id),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}
