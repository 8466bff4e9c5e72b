// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Policy,
  PolicyApprovalInput,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { FAST, root, SLOW } from './base';

const policyInterval = (policies: Policy[]) =>
  policies.some(({ checking }) => checking) ? FAST : SLOW;

/** The required policies and how they stand. */
export function usePolicies() {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'policies'],
    queryFn: ({ signal }) => api.listPolicies({ signal }),
    refetchInterval: ({ state }) => policyInterval(state.data?.items ?? []),
  });
}

/** The documents that frameworks ask for; they change with the configuration only. */
export function usePolicyDocuments() {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'policy-documents'],
    queryFn: ({ signal }) => api.listPolicyDocuments({ signal }),
  });
}

/** One policy with its approvals. */
export function usePolicy(id: string) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'policy', id],
    queryFn: ({ signal }) => api.getPolicy(id, { signal }),
    refetchInterval: ({ state }) =>
      policyInterval(state.data ? [state.data] : []),
  });
}

/** Who may edit its page. */
export function usePolicyEditors(id: string, enabled: boolean) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'policy-editors', id],
    queryFn: ({ signal }) => api.getPolicyEditors(id, { signal }),
    enabled,
  });
}

/** What was approved against what is published; it is read from Confluence, so only once a page. */
export function usePolicyDifference(id: string, enabled: boolean) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'policy-difference', id],
    queryFn: ({ signal }) => api.getPolicyDifference(id, { signal }),
    enabled,
    retry: false,
  });
}

/** Approves what is published. */
export function useApprovePolicy(id: string) {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (approval: PolicyApprovalInput) =>
      api.approvePolicy(id, approval),
    // Also after an error: somebody else may have approved it, or edited the page.
    onSettled: () =>
      Promise.all(
        [
          'policy',
          'policies',
          'policy-difference',
          // Whoever has read the version before has not read this one.
          'acknowledgements',
          'own-acknowledgements',
        ].map(name => client.invalidateQueries({ queryKey: [root, name] })),
      ),
  });
}
