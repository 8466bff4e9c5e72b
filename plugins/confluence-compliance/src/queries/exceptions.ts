// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ExceptionsQuery,
  RequestExceptions,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { root, usePages } from './base';

/** Exceptions of one state, page by page. */
export function useExceptions(query: ExceptionsQuery) {
  const api = useApi(confluenceComplianceApiRef);
  return usePages(['exceptions', query], (cursor, options) =>
    api.listExceptions({ ...query, cursor }, options),
  );
}

/** An exception is in every count, so that all of them are asked for again. */
function useAgain() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: [root] });
}

/** Asks for exceptions of findings. */
export function useRequestExceptions() {
  const api = useApi(confluenceComplianceApiRef);
  return useMutation({
    mutationFn: (body: RequestExceptions) => api.requestExceptions(body),
    onSuccess: useAgain(),
  });
}

/** What can be done to an exception. */
export type ExceptionAct = 'approve' | 'reject' | 'end';

/** Approves, rejects or ends an exception. */
export function useDecideException() {
  const api = useApi(confluenceComplianceApiRef);
  return useMutation({
    mutationFn: ({
      id,
      act,
      note,
    }: {
      id: string;
      act: ExceptionAct;
      note: string;
    }) => {
      if (act === 'approve') {
        return api.approveException(id, note ? { note } : {});
      }
      return act === 'reject'
        ? api.rejectException(id, { note })
        : api.endException(id, { note });
    },
    onSuccess: useAgain(),
  });
}
