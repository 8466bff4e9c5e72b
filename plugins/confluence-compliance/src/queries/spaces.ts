// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  GrantsQuery,
  SpacesQuery,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { root, usePages } from './base';

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
  return usePages(['space-grants', connection, key, query], (cursor, options) =>
    api.listSpaceGrants(connection, key, { ...query, cursor }, options),
  );
}
