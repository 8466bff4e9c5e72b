// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  GrantsQuery,
  GroupsQuery,
  MembersQuery,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { root, usePages } from './base';

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
  return usePages(
    ['group-members', connection, groupId, query],
    (cursor, options) =>
      api.listGroupMembers(connection, groupId, { ...query, cursor }, options),
  );
}

/** What a group can do, page by page. */
export function useGroupGrants(
  connection: string,
  groupId: string,
  query: GrantsQuery = {},
) {
  const api = useApi(confluenceComplianceApiRef);
  return usePages(
    ['group-grants', connection, groupId, query],
    (cursor, options) =>
      api.listGroupGrants(connection, groupId, { ...query, cursor }, options),
  );
}
