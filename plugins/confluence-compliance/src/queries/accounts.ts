// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  AccountsQuery,
  GrantsQuery,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { root, usePages } from './base';

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
  return usePages(
    ['account-grants', connection, accountId, query],
    (cursor, options) =>
      api.listAccountGrants(
        connection,
        accountId,
        { ...query, cursor },
        options,
      ),
  );
}

/** The pages that an account owns, page by page. */
export function useOwnedPages(
  connection: string,
  owner: string,
  asOf?: string,
) {
  const api = useApi(confluenceComplianceApiRef);
  return usePages(['owned-pages', connection, owner, asOf], (cursor, options) =>
    api.listPages({ connection, owner, asOf, limit: 20, cursor }, options),
  );
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
