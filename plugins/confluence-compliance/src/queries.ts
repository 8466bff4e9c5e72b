// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  AccountsQuery,
  Check,
  Connection,
  FindingsQuery,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { confluenceComplianceApiRef } from './api';

const root = 'confluence-compliance';
const FAST = 1_500;
const SLOW = 30_000;

/** A run is going on, or will start any moment. */
export function isBusy(connection: Connection): boolean {
  return (
    connection.syncRequested ||
    connection.activeRun !== undefined ||
    connection.state === 'syncing'
  );
}

/** The connections; asks often while one of them is being synced. */
export function useConnections() {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'connections'],
    queryFn: ({ signal }) => api.listConnections({ signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some(isBusy) ? FAST : SLOW,
  });
}

/** Containers that are not complete, one list per connection that has some. */
export function useIncompleteContainers(connections: Connection[]) {
  const api = useApi(confluenceComplianceApiRef);
  const asked = connections.filter(({ datasets }) =>
    datasets.some(
      ({ state }) => state !== 'complete' && state !== 'never-read',
    ),
  );
  return useQueries({
    queries: asked.map(connection => ({
      queryKey: [root, 'containers', connection.id, connection.lastRun?.id],
      queryFn: async ({ signal }: { signal: AbortSignal }) => ({
        connection,
        page: await api.listContainers(
          connection.id,
          { incomplete: 'true' as const, limit: 50 },
          { signal },
        ),
      }),
    })),
  });
}

export function useSyncNow() {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.syncNow(id),
    onSuccess: () =>
      client.invalidateQueries({ queryKey: [root, 'connections'] }),
  });
}

export function useAcceptShrink() {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { runId: string; readId: string; reason: string }) =>
      api.acceptShrink(input.runId, {
        readId: input.readId,
        reason: input.reason,
      }),
    onSuccess: () =>
      client.invalidateQueries({ queryKey: [root, 'connections'] }),
  });
}

/** Forgets everything that a sync can have changed. */
export function useForgetSynced() {
  const client = useQueryClient();
  return () => {
    for (const key of [
      'accounts',
      'checks',
      'check',
      'findings',
      'containers',
    ]) {
      client.invalidateQueries({ queryKey: [root, key] });
    }
  };
}

/** One page of accounts; the page before stays on screen while the next one loads. */
export function useAccounts(query: AccountsQuery) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'accounts', query],
    queryFn: ({ signal }) => api.listAccounts(query, { signal }),
    placeholderData: keepPreviousData,
  });
}

const checkInterval = (checks: Check[]) =>
  checks.some(({ running }) => running) ? FAST : SLOW;

export function useChecks() {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'checks'],
    queryFn: ({ signal }) => api.listChecks({}, { signal }),
    refetchInterval: ({ state }) => checkInterval(state.data?.items ?? []),
  });
}

export function useCheck(id: string) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'check', id],
    queryFn: ({ signal }) => api.getCheck(id, { signal }),
    refetchInterval: ({ state }) =>
      checkInterval(state.data ? [state.data] : []),
  });
}

export function useRunCheck(id: string) {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.runCheck(id),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: [root, 'check', id] }),
        client.invalidateQueries({ queryKey: [root, 'checks'] }),
      ]),
  });
}

/**
 * Findings page by page. The revision of the check is part of the key, so a new run
 * starts the list again instead of mixing two revisions.
 */
export function useFindings(query: FindingsQuery, revision?: number) {
  const api = useApi(confluenceComplianceApiRef);
  return useInfiniteQuery({
    queryKey: [root, 'findings', query, revision],
    queryFn: ({ pageParam, signal }) =>
      api.listFindings({ ...query, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.pageInfo.nextCursor,
  });
}
