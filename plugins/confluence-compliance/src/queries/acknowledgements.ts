// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type { AcknowledgeInput } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { root } from './base';

/** Who has acknowledged a policy, with a page of those who have not. */
export function useAcknowledgements(id: string, enabled: boolean) {
  const api = useApi(confluenceComplianceApiRef);
  return useInfiniteQuery({
    queryKey: [root, 'acknowledgements', id],
    queryFn: ({ pageParam: cursor, signal }) =>
      api.getAcknowledgements(id, { cursor, limit: 20 }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.pageInfo.nextCursor,
    enabled,
  });
}

/** The policies that concern whoever looks. */
export function useOwnAcknowledgements(enabled = true) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'own-acknowledgements'],
    queryFn: ({ signal }) => api.listOwnAcknowledgements({ signal }),
    enabled,
  });
}

/** Acknowledges a version for oneself. */
export function useAcknowledgePolicy(id: string) {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (read: AcknowledgeInput) => api.acknowledgePolicy(id, read),
    // Also after an error: another version may be approved by now.
    onSettled: () =>
      Promise.all(
        ['own-acknowledgements', 'acknowledgements', 'policy', 'policies'].map(
          name => client.invalidateQueries({ queryKey: [root, name] }),
        ),
      ),
  });
}

/** Reminds those who have not acknowledged a policy. */
export function useRemindOfPolicy(id: string) {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.remindOfPolicy(id),
    onSettled: () =>
      client.invalidateQueries({ queryKey: [root, 'acknowledgements', id] }),
  });
}
