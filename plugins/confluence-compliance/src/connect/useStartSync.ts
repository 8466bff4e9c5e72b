// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Connection,
  UpdateConnection,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useMutation } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { useTakeOver } from './queries';

/** Enables a connection, which ends its set-up, and asks for its first sync. */
export function useStartSync({ id }: Connection) {
  const api = useApi(confluenceComplianceApiRef);
  const takeOver = useTakeOver();
  const { mutate, isPending, error } = useMutation({
    // In one: the page that asked is gone once the connection is enabled.
    mutationFn: async (also: UpdateConnection) => {
      const enabled = await api.updateConnection(id, {
        ...also,
        enabled: true,
      });
      try {
        await api.syncNow(id);
        return { ...enabled, syncRequested: true };
      } catch {
        // Whoever may not ask for it waits for the schedule.
        return enabled;
      }
    },
    onSuccess: takeOver,
  });
  return {
    start: (also: UpdateConnection, onStarted?: () => void) =>
      mutate(also, { onSuccess: onStarted }),
    isPending,
    error,
  };
}
