// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  AccountsQuery,
  Check,
  ChecksQuery,
  Connection,
  FindingsQuery,
  GrantsQuery,
  GroupsQuery,
  MembersQuery,
  Page,
  SpacesQuery,
  TimelineEntry,
  TimelineQuery,
  TrendQuery,
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
import { isForbidden } from './components/errors';

export const root = 'confluence-compliance';
export const FAST = 1_500;
export const SLOW = 30_000;

/** How a list goes on. */
const byCursor = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: Pick<Page<unknown>, 'pageInfo'>) =>
    page.pageInfo.nextCursor,
};

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
  return useInfiniteQuery({
    queryKey: [root, 'all-containers', id, lastRun?.id],
    queryFn: ({ pageParam, signal }) =>
      api.listContainers(id, { limit: 50, cursor: pageParam }, { signal }),
    ...byCursor,
  });
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
  return useInfiniteQuery({
    queryKey: [root, 'refused', runId, readId],
    queryFn: ({ pageParam, signal }) =>
      api.listRefused(
        runId,
        { readId, limit: 50, cursor: pageParam },
        { signal },
      ),
    ...byCursor,
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

/** Erases the name and email of an account; every list that may show them is asked again. */
export function useEraseAccount() {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: {
      connection: string;
      accountId: string;
      reason: string;
    }) =>
      api.eraseAccount(input.connection, input.accountId, {
        reason: input.reason,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: [root] }),
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

/** One page of accounts; the page before stays on screen while the next one loads. */
export function useAccounts(query: AccountsQuery) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'accounts', query],
    queryFn: ({ signal }) => api.listAccounts(query, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** One account with its groups. */
export function useAccount(
  connection: string,
  accountId: string,
  query: { asOf?: string } = {},
) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'account', connection, accountId, query],
    queryFn: ({ signal }) =>
      api.getAccount(connection, accountId, query, { signal }),
  });
}

/** What an account can do, page by page. */
export function useAccountGrants(
  connection: string,
  accountId: string,
  query: GrantsQuery = {},
) {
  const api = useApi(confluenceComplianceApiRef);
  return useInfiniteQuery({
    queryKey: [root, 'account-grants', connection, accountId, query],
    queryFn: ({ pageParam, signal }) =>
      api.listAccountGrants(
        connection,
        accountId,
        { ...query, cursor: pageParam },
        { signal },
      ),
    ...byCursor,
  });
}

/** The pages that an account owns, page by page. */
export function useOwnedPages(
  connection: string,
  owner: string,
  asOf?: string,
) {
  const api = useApi(confluenceComplianceApiRef);
  return useInfiniteQuery({
    queryKey: [root, 'owned-pages', connection, owner, asOf],
    queryFn: ({ pageParam, signal }) =>
      api.listPages(
        { connection, owner, asOf, limit: 20, cursor: pageParam },
        { signal },
      ),
    ...byCursor,
  });
}

/** One page of groups; the page before stays on screen while the next one loads. */
export function useGroups(query: GroupsQuery) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'groups', query],
    queryFn: ({ signal }) => api.listGroups(query, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** One group with how much of it was seen. */
export function useGroup(
  connection: string,
  groupId: string,
  query: { asOf?: string } = {},
) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'group', connection, groupId, query],
    queryFn: ({ signal }) =>
      api.getGroup(connection, groupId, query, { signal }),
  });
}

/** The members of a group, page by page. */
export function useGroupMembers(
  connection: string,
  groupId: string,
  query: MembersQuery = {},
) {
  const api = useApi(confluenceComplianceApiRef);
  return useInfiniteQuery({
    queryKey: [root, 'group-members', connection, groupId, query],
    queryFn: ({ pageParam, signal }) =>
      api.listGroupMembers(
        connection,
        groupId,
        { ...query, cursor: pageParam },
        { signal },
      ),
    ...byCursor,
  });
}

/** What a group can do, page by page. */
export function useGroupGrants(
  connection: string,
  groupId: string,
  query: GrantsQuery = {},
) {
  const api = useApi(confluenceComplianceApiRef);
  return useInfiniteQuery({
    queryKey: [root, 'group-grants', connection, groupId, query],
    queryFn: ({ pageParam, signal }) =>
      api.listGroupGrants(
        connection,
        groupId,
        { ...query, cursor: pageParam },
        { signal },
      ),
    ...byCursor,
  });
}

/** One page of spaces; the page before stays on screen while the next one loads. */
export function useSpaces(query: SpacesQuery) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'spaces', query],
    queryFn: ({ signal }) => api.listSpaces(query, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** One space with who reaches it. */
export function useSpace(
  connection: string,
  key: string,
  query: { asOf?: string } = {},
) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'space', connection, key, query],
    queryFn: ({ signal }) => api.getSpace(connection, key, query, { signal }),
  });
}

/** Who can do what in a space, page by page. */
export function useSpaceGrants(
  connection: string,
  key: string,
  query: GrantsQuery = {},
) {
  const api = useApi(confluenceComplianceApiRef);
  return useInfiniteQuery({
    queryKey: [root, 'space-grants', connection, key, query],
    queryFn: ({ pageParam, signal }) =>
      api.listSpaceGrants(
        connection,
        key,
        { ...query, cursor: pageParam },
        { signal },
      ),
    ...byCursor,
  });
}

/** What a timeline is about; a space by its key. */
export interface TimelineSubject {
  kind: 'account' | 'group' | 'space';
  connection: string;
  id: string;
}

/** What changed about an account, a group or a space, page by page. */
export function useTimeline(
  { kind, connection, id }: TimelineSubject,
  query: TimelineQuery = {},
) {
  const api = useApi(confluenceComplianceApiRef);
  return useInfiniteQuery({
    queryKey: [root, 'timeline', kind, connection, id, query],
    queryFn: ({ pageParam, signal }): Promise<Page<TimelineEntry>> => {
      const asked = { ...query, cursor: pageParam };
      switch (kind) {
        case 'account':
          return api.listAccountChanges(connection, id, asked, { signal });
        case 'group':
          return api.listGroupChanges(connection, id, asked, { signal });
        default:
          return api.listSpaceChanges(connection, id, asked, { signal });
      }
    },
    ...byCursor,
  });
}

/** What Confluence access an entity of the catalog has, as cards show it. */
export function useAccess(entityRef: string | undefined) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'access', entityRef],
    queryFn: ({ signal }) => api.getAccess(entityRef ?? '', { signal }),
    enabled: entityRef !== undefined,
  });
}

/** Open findings at the end of each day. */
export function useTrend(query: TrendQuery = {}) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'trend', query],
    queryFn: ({ signal }) => api.getTrend(query, { signal }),
    refetchInterval: ({ state }) => (isForbidden(state.error) ? false : SLOW),
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

const checkInterval = (checks: Check[]) =>
  checks.some(({ running }) => running) ? FAST : SLOW;

/** The checks and where they stand; over one connection where one is given. */
export function useChecks(query: ChecksQuery = {}) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'checks', query],
    queryFn: ({ signal }) => api.listChecks(query, { signal }),
    refetchInterval: ({ state }) => checkInterval(state.data?.items ?? []),
  });
}

/** One check; over one connection where one is given. */
export function useCheck(id: string, connection?: string) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'check', id, connection],
    queryFn: async ({ signal }) => {
      const narrowed =
        connection === undefined
          ? undefined
          : await api.listChecks({ connection }, { signal });
      return (
        narrowed?.items.find(check => check.id === id) ??
        api.getCheck(id, { signal })
      );
    },
    refetchInterval: ({ state }) =>
      checkInterval(state.data ? [state.data] : []),
  });
}

/** Asks for runs of checks, one after the other. */
export function useRunChecks() {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (ids: string[]) => {
      for (const id of ids) {
        await api.runCheck(id);
      }
    },
    // Also after an error: some may have been asked for before it.
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: [root, 'check'] }),
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
    ...byCursor,
  });
}
