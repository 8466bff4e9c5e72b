// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type { CriticalSystemInput } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { root } from './base';

/** A site, or a space of it by its key. */
export interface Place {
  connection: string;
  space?: string;
}

/** Marks a site or a space as a critical system; without a marking it takes the mark away. */
export function useMarkCriticalSystem({ connection, space }: Place) {
  const api = useApi(confluenceComplianceApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (marking: CriticalSystemInput | undefined) => {
      const query = space === undefined ? {} : { space };
      if (marking) {
        await api.markCriticalSystem(connection, query, marking);
      } else {
        await api.unmarkCriticalSystem(connection, query);
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: [root] }),
  });
}
