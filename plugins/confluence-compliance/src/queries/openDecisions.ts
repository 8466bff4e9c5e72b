// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { root } from './base';

/** What is open of whoever is signed in: the first reviews, and how much it is over all of them. */
export function useOpenDecisions(limit: number, enabled: boolean) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'open-decisions', limit],
    queryFn: ({ signal }) => api.listOpenDecisions({ limit }, { signal }),
    enabled,
  });
}
