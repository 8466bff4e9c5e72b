// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { root } from './base';

/** What Confluence access an entity of the catalog has, as cards show it. */
export function useAccess(entityRef: string | undefined) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'access', entityRef],
    queryFn: ({ signal }) => api.getAccess(entityRef ?? '', { signal }),
    enabled: entityRef !== undefined,
  });
}

/** Sites and spaces whose access must be reviewed. */
export function useCriticalSystems() {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'critical-systems'],
    queryFn: ({ signal }) => api.listCriticalSystems({ signal }),
  });
}
