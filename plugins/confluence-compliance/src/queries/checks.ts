// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Attest,
  Check,
  CheckRun,
  ChecksQuery,
  ControlsQuery,
  FindingsQuery,
  TrendQuery,
  Verdict,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { isForbidden } from '../components/errors';
import { plus } from '../components/totals';
import { FAST, root, SLOW, usePages } from './base';

const UNDERWAY: Array<CheckRun['state'] | undefined> = [
  'waiting',
  'running',
  'interrupted',
];

const checkInterval = (checks: Check[]) =>
  checks.some(({ running, run }) => running || UNDERWAY.includes(run?.state))
    ? FAST
    : SLOW;

/** The checks and where they stand; over one connection where one is given. */
export function useChecks(query: ChecksQuery = {}) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'checks', query],
    queryFn: ({ signal }) => api.listChecks(query, { signal }),
    refetchInterval: ({ state }) => checkInterval(state.data?.items ?? []),
  });
}

/** The controls that checks speak to; over one connection where one is given. */
export function useControls(query: ControlsQuery = {}) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'controls', query],
    queryFn: ({ signal }) => api.listControls(query, { signal }),
    refetchInterval: SLOW,
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

/** What people attested of a check. */
export function useAttestations(id: string) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'check', id, 'attestations'],
    queryFn: ({ signal }) => api.listAttestations(id, { signal }),
  });
}

/** Attests a check. */
export function useAttest(id: string) {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (attestation: Attest) => api.attestCheck(id, attestation),
    onSettled: () =>
      Promise.all(
        ['check', 'checks', 'controls'].map(name =>
          client.invalidateQueries({ queryKey: [root, name] }),
        ),
      ),
  });
}

/**
 * Findings page by page. The revision of the check is part of the key, so a new run
 * starts the list again instead of mixing two revisions.
 */
export function useFindings(query: FindingsQuery, revision?: number) {
  const api = useApi(confluenceComplianceApiRef);
  return usePages(['findings', query, revision], (cursor, options) =>
    api.listFindings({ ...query, cursor }, options),
  );
}

/**
 * How many findings of a list need somebody, are excepted, and are unknown; asked for again at a new
 * revision.
 */
export function useFindingsSplit(
  query: FindingsQuery,
  revision: number,
  enabled: boolean,
) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'findings', 'split', query, revision],
    queryFn: async ({ signal }) => {
      const count = async (
        verdict: Verdict | undefined,
        excepted: FindingsQuery['excepted'],
      ) => {
        if (query.verdict && verdict && query.verdict !== verdict) {
          return 0;
        }
        const page = {
          ...query,
          verdict: query.verdict ?? verdict,
          excepted,
          limit: 1,
        };
        return (await api.listFindings(page, { signal })).totalItems;
      };
      const [fail, warning, unknown, excepted] = await Promise.all([
        count('fail', 'without'),
        count('warning', 'without'),
        count('unknown', 'without'),
        query.excepted === 'without' ? 0 : count(undefined, 'only'),
      ]);
      return { needs: plus(fail, warning), unknown, excepted };
    },
    enabled,
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
