// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  connectionReadPermission,
  type Connection,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  keepPreviousData,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { isForbidden } from '../components/errors';
import { FAST, root, SLOW, usePages } from './base';

/** A run is going on, or will start any moment. */
export function isBusy(connection: Connection): boolean {
  return (
    connection.syncRequested ||
    connection.activeRun !== undefined ||
    connection.state === 'syncing'
  );
}

/** The connections, for whoever may see them; others are not asked for. */
export function useKnownConnections() {
  const { allowed } = usePermission({ permission: connectionReadPermission });
  return useConnections({ enabled: allowed });
}

/** The connections; asks often while one of them is being synced. */
export function useConnections({ enabled = true } = {}) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'connections'],
    enabled,
    queryFn: ({ signal }) => api.listConnections({ signal }),
    refetchInterval: ({ state }) => {
      // Whoever may not see them is not asked again and again.
      if (isForbidden(state.error)) {
        return false;
      }
      return state.data?.items.some(isBusy) ? FAST : SLOW;
    },
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
          { incomplete: 'true' as const, limit: 200 },
          { signal },
        ),
      }),
    })),
  });
}

/** Every container of a connection, page by page; asked again when another run has ended. */
export function useContainers({ id, lastRun }: Connection) {
  const api = useApi(confluenceComplianceApiRef);
  return usePages(['all-containers', id, lastRun?.id], (cursor, options) =>
    api.listContainers(id, { limit: 50, cursor }, options),
  );
}

/** The newest runs of a connection, as many as one page holds; asked again when another has ended. */
export function useRuns({ id, lastRun }: Connection) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'runs', id, lastRun?.id],
    queryFn: ({ signal }) => api.listRuns(id, { limit: 200 }, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useSyncNow() {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.syncNow(id),
    onSuccess: (_answer, id) =>
      Promise.all([
        client.invalidateQueries({ queryKey: [root, 'connections'] }),
        client.invalidateQueries({ queryKey: [root, 'connection', id] }),
      ]),
  });
}

/** What accepting a refused shrink would close, page by page. */
export function useRefused(runId: string, readId: string) {
  const api = useApi(confluenceComplianceApiRef);
  return usePages(['refused', runId, readId], (cursor, options) =>
    api.listRefused(runId, { readId, limit: 50, cursor }, options),
  );
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
    client.invalidateQueries({
      predicate: ({ queryKey }) =>
        queryKey[0] === root && queryKey[1] !== 'connections',
    });
  };
}
