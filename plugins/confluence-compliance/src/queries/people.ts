// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  AccountClassesInput,
  AccountClassInput,
  AccountLinkInput,
  AccountLinksInput,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  type QueryKey,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { root, usePages } from './base';

/** The queue stays as it is while somebody works through it. */
const QUEUE = 'unidentified';

interface OfAccount {
  connection: string;
  accountId: string;
}

/** Accounts that wait for somebody to say whose they are, page by page. */
export function useUnidentified(connection?: string) {
  const api = useApi(confluenceComplianceApiRef);
  return usePages([QUEUE, connection], (cursor, options) =>
    api.listUnidentified({ connection, cursor }, options),
  );
}

/** How many accounts wait. */
export function useUnidentifiedCount(connection?: string) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'unidentified-count', connection],
    queryFn: async ({ signal }) => {
      const page = await api.listUnidentified(
        { connection, limit: 1 },
        { signal },
      );
      return page.totalItems;
    },
  });
}

/** People whom a search finds; nobody without one. */
export function usePeople(search: string) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'people', search],
    queryFn: ({ signal }) => api.listPeople({ search, limit: 8 }, { signal }),
    enabled: search !== '',
  });
}

/** The personnel sources, and how their last reads went. */
export function usePeopleSources() {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'people-sources'],
    queryFn: ({ signal }) => api.listPeopleSources({ signal }),
  });
}

/** People whom no source has any more, page by page. */
export function useMissingPeople() {
  const api = useApi(confluenceComplianceApiRef);
  return usePages(['people-missing'], (cursor, options) =>
    api.listPeople({ status: 'missing', cursor }, options),
  );
}

/** Everything that rests on people is asked for again. */
function usePeopleChange<B>(change: (body: B) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: [root] }),
  });
}

/** Believes that whoever a source has no more is gone. */
export function useAcceptPeopleShrink() {
  const api = useApi(confluenceComplianceApiRef);
  return usePeopleChange(
    ({ source, reason }: { source: string; reason: string }) =>
      api.acceptPeopleShrink(source, { reason }),
  );
}

/** Says that somebody has left. */
export function useConfirmDeparture() {
  const api = useApi(confluenceComplianceApiRef);
  return usePeopleChange((body: { person: string; reason: string }) =>
    api.confirmDeparture(body),
  );
}

/** What people said of an account. */
export function useAccountDecisions({ connection, accountId }: OfAccount) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'account-decisions', connection, accountId],
    queryFn: ({ signal }) =>
      api.getAccountDecisions(connection, accountId, { signal }),
  });
}

interface OneDecision<B> {
  of: OfAccount;
  body: B;
}

function useDecision<D>(decide: (decision: D) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: decide,
    onSuccess: () =>
      client.invalidateQueries({
        predicate: ({ queryKey }: { queryKey: QueryKey }) =>
          queryKey[0] === root && queryKey[1] !== QUEUE,
      }),
  });
}

/** Says whom an account belongs to. */
export function useLinkAccount() {
  const api = useApi(confluenceComplianceApiRef);
  return useDecision(({ of, body }: OneDecision<AccountLinkInput>) =>
    api.linkAccount(of.connection, of.accountId, body),
  );
}

/** Says what an account is. */
export function useClassifyAccount() {
  const api = useApi(confluenceComplianceApiRef);
  return useDecision(({ of, body }: OneDecision<AccountClassInput>) =>
    api.classifyAccount(of.connection, of.accountId, body),
  );
}

/** Says whom several accounts belong to, all of it or nothing. */
export function useLinkAccounts() {
  const api = useApi(confluenceComplianceApiRef);
  return useDecision((body: AccountLinksInput) => api.linkAccounts(body));
}

/** Says what several accounts are, all of it or nothing. */
export function useClassifyAccounts() {
  const api = useApi(confluenceComplianceApiRef);
  return useDecision((body: AccountClassesInput) => api.classifyAccounts(body));
}
