// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Connection,
  CreateConnection,
  DeleteConnectionQuery,
  UpdateConnection,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { FAST, isBusy, root, SLOW } from '../queries';

/** What somebody needs to know to connect a site. */
export function useConnectionSetup(enabled: boolean) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'connection-setup'],
    queryFn: ({ signal }) => api.getConnectionSetup({ signal }),
    enabled,
  });
}

/** One connection; asked for often while it is being synced. */
export function useConnection(id: string) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'connection', id],
    queryFn: ({ signal }) => api.getConnection(id, { signal }),
    refetchInterval: ({ state }) =>
      state.data && isBusy(state.data) ? FAST : SLOW,
  });
}

/** Takes an answer over at once, and asks for the list again. */
export function useTakeOver() {
  const client = useQueryClient();
  return (connection: Connection): void => {
    client.setQueryData([root, 'connection', connection.id], connection);
    client.invalidateQueries({ queryKey: [root, 'connections'] });
  };
}

/** Makes the connection, or changes the one there is. */
export function useSaveConnection() {
  const api = useApi(confluenceComplianceApiRef);
  const takeOver = useTakeOver();
  return useMutation({
    mutationFn: (
      input:
        | { create: CreateConnection }
        | { id: string; update: UpdateConnection },
    ) =>
      'create' in input
        ? api.createConnection(input.create)
        : api.updateConnection(input.id, input.update),
    onSuccess: takeOver,
  });
}

export function useDeleteConnection() {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { id: string; query: DeleteConnectionQuery }) =>
      api.deleteConnection(input.id, input.query),
    onSuccess: () => client.invalidateQueries({ queryKey: [root] }),
  });
}

/** Where to send the person for a grant. */
export function useAuthorize() {
  const api = useApi(confluenceComplianceApiRef);
  return useMutation({
    mutationFn: (id: string) => api.authorizeConnection(id),
  });
}

/**
 * Takes over what Atlassian sent somebody back with. As a query, so that it is sent once
 * however often the page is mounted.
 */
export function useCompleteAuthorization(
  id: string,
  state: string,
  code: string | undefined,
) {
  const api = useApi(confluenceComplianceApiRef);
  const takeOver = useTakeOver();
  return useQuery({
    queryKey: [root, 'authorization', state],
    queryFn: async () => {
      const completed = await api.completeAuthorization(id, {
        code: code ?? '',
        state,
      });
      takeOver(completed.connection);
      return completed;
    },
    enabled: code !== undefined,
    retry: false,
    retryOnMount: false,
    staleTime: Infinity,
    // It cannot be asked for again, and somebody may come back to choose a site.
    gcTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** Asks Atlassian anew each time that the test is looked at. */
export function useConnectionTest(id: string) {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useQuery({
    queryKey: [root, 'connection-test', id],
    queryFn: async () => {
      const test = await api.testConnection(id);
      client.invalidateQueries({ queryKey: [root, 'connection', id] });
      client.invalidateQueries({ queryKey: [root, 'connections'] });
      return test;
    },
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** Groups that can hold the population, by a part of their name. */
export function useUserGroupChoices(id: string, search: string) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'user-group-choices', id, search],
    queryFn: ({ signal }) =>
      api.listUserGroupChoices(id, search ? { search } : {}, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
}
