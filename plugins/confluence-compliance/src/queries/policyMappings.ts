// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  PolicyMappingInput,
  PolicyPagesQuery,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { root } from './base';

/** How many pages a search shows; more letters find fewer. */
const FOUND = 20;

/** Current pages of a connection by a part of their title. */
export function usePageSearch(connection: string, q: string, enabled: boolean) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'page-search', connection, q],
    queryFn: ({ signal }) =>
      api.listPages(
        { connection, status: 'current', limit: FOUND, ...(q && { q }) },
        { signal },
      ),
    enabled: enabled && connection !== '',
    placeholderData: keepPreviousData,
  });
}

/** Which pages a rule finds now; nothing is asked while it is not complete. */
export function usePolicyPages(query: PolicyPagesQuery | undefined) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'policy-pages', query],
    queryFn: ({ signal }) =>
      api.findPolicyPages(query ?? { connection: '' }, { signal }),
    enabled: query !== undefined,
    retry: false,
  });
}

/** Chooses the page of a policy; without a mapping it takes the page off. */
export function useMapPolicy(id: string) {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (mapping: PolicyMappingInput | undefined) => {
      if (mapping) {
        await api.mapPolicy(id, mapping);
      } else {
        await api.unmapPolicy(id);
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: [root] }),
  });
}
