// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Account,
  AccountsQuery,
  Page,
  TotalItems,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useQueries } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';

/** States that the list can be filtered and split by; Atlassian may know more. */
export const splitStatuses = [
  'active',
  'suspended',
  'deactivated',
  'removed',
  'closed',
] as const;

/** A part of the list: how many it has, and what to ask for to see it. */
export interface Part {
  name: (typeof splitStatuses)[number] | 'unlinked' | 'mfaUnknown';
  total: TotalItems;
}

/**
 * How many of a list's accounts are in each state and how many have no person or no known MFA: counted by the
 * server at the revision of the list, so the numbers belong together.
 */
export function useSplit(data: Page<Account>, query: AccountsQuery): Part[] {
  const api = useApi(confluenceComplianceApiRef);
  const { cursor: _cursor, sort: _sort, ...filters } = query;
  const parts = [
    ...(query.status
      ? []
      : splitStatuses.map(status => ({ name: status, more: { status } }))),
    ...(query.person
      ? []
      : [{ name: 'unlinked', more: { person: 'unlinked' } } as const]),
    ...(query.mfa
      ? []
      : [{ name: 'mfaUnknown', more: { mfa: 'unknown' } } as const]),
  ];
  return useQueries({
    queries: parts.map(({ name, more }) => {
      const asked: AccountsQuery = {
        ...filters,
        ...more,
        asOf: String(data.revision),
        limit: 1,
      };
      return {
        queryKey: ['confluence-compliance', 'accounts-split', asked],
        queryFn: async ({ signal }: { signal: AbortSignal }) => {
          const { totalItems } = await api.listAccounts(asked, { signal });
          return { name, total: totalItems };
        },
      };
    }),
    combine: results =>
      results.flatMap(({ data: part }) => (part ? [part] : [])),
  });
}
