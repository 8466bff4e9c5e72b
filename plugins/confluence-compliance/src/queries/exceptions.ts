// SPDX-License-Identifier: Apache-2.0
import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Exception,
  ExceptionsQuery,
  RequestExceptions,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { root, usePages } from './base';

/** Exceptions of one state, page by page. */
export function useExceptions(query: ExceptionsQuery) {
  const api = useApi(confluenceComplianceApiRef);
  return usePages(['exceptions', query], (cursor, options) =>
    api.listExceptions({ ...query, cursor }, options),
  );
}

/** The finding that an exception is of, as it stands now; null where it does not stand any more. */
export function useFindingOf({ checkId, finding, subject }: Exception) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'findings', 'of', finding],
    queryFn: async ({ signal }) => {
      const { connection, id } = subject;
      const query = { check: checkId, connection, subject: id };
      const page = await api.listFindings(query, { signal });
      return page.items.find(one => one.id === finding) ?? null;
    },
  });
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
export type ExceptionAct = 'approve' | 'reject' | 'withdraw' | 'end';

interface Decision {
  exceptions: Exception[];
  act: ExceptionAct;
  note: string;
}

/** An exception that could not be decided, and why. */
export interface RefusedException {
  exception: Exception;
  error: Error;
}

/** Does one thing to several exceptions, one after the other: what one is refused for stops no other. */
export function useDecideExceptions() {
  const api = useApi(confluenceComplianceApiRef);
  const decide = ({ id }: Exception, { act, note }: Decision) => {
    switch (act) {
      case 'approve':
        return api.approveException(id, note ? { note } : {});
      case 'withdraw':
        return api.withdrawException(id, note ? { note } : {});
      case 'reject':
        return api.rejectException(id, { note });
      default:
        return api.endException(id, { note });
    }
  };
  return useMutation({
    mutationFn: async (decision: Decision) => {
      const refused: RefusedException[] = [];
      for (const exception of decision.exceptions) {
        try {
          await decide(exception, decision);
        } catch (error) {
          refused.push({ exception, error: toError(error) });
        }
      }
      return { refused };
    },
    onSuccess: useAgain(),
  });
}
