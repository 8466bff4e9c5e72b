// SPDX-License-Identifier: Apache-2.0
import type {
  Connection,
  UpdateConnection,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useSyncNow } from '../queries';
import { useSaveConnection } from './queries';

/** Enables a connection, which ends its set-up, and asks for its first sync. */
export function useStartSync({ id }: Connection) {
  const save = useSaveConnection();
  const sync = useSyncNow();
  return {
    start: (also: UpdateConnection, onStarted?: () => void) =>
      save.mutate(
        { id, update: { ...also, enabled: true } },
        {
          onSuccess: () => {
            // Where nobody may ask for it, it starts on schedule.
            sync.mutate(id, { onSettled: onStarted });
          },
        },
      ),
    isPending: save.isPending || sync.isPending,
    error: save.error,
    /** It is enabled, and the sync itself was refused. */
    refused: sync.error,
  };
}
