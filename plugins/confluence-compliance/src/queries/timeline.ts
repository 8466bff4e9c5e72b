// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type { TimelineQuery } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { confluenceComplianceApiRef } from '../api';
import { usePages } from './base';

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
  return usePages(
    ['timeline', kind, connection, id, query],
    (cursor, options) => {
      const asked = { ...query, cursor };
      switch (kind) {
        case 'account':
          return api.listAccountChanges(connection, id, asked, options);
        case 'group':
          return api.listGroupChanges(connection, id, asked, options);
        default:
          return api.listSpaceChanges(connection, id, asked, options);
      }
    },
  );
}
