// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type { AssignFindings } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { root, usePages } from './base';

/** What people wrote about a finding, page by page. */
export function useComments(finding: string) {
  const api = useApi(confluenceComplianceApiRef);
  return usePages(['comments', finding], (cursor, options) =>
    api.listComments(finding, { cursor }, options),
  );
}

/** Writes something about a finding. */
export function useAddComment(finding: string) {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => api.addComment(finding, { text }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: [root, 'comments', finding] }),
        client.invalidateQueries({ queryKey: [root, 'findings'] }),
      ]),
  });
}

/** Gives findings to somebody, or to nobody. */
export function useAssignFindings() {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AssignFindings) => api.assignFindings(body),
    onSuccess: () => client.invalidateQueries({ queryKey: [root, 'findings'] }),
  });
}

/** Asks for a new look at a finding. */
export function useRecheckFinding() {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (finding: string) => api.recheckFinding(finding),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: [root, 'check'] }),
        client.invalidateQueries({ queryKey: [root, 'checks'] }),
      ]),
  });
}
