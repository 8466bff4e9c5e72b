// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import {
  syncRunPermission,
  type Connection,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiLoopRightLine } from '@remixicon/react';
import { errorMessage } from '../components/errors';
import { isBusy, useSyncNow } from '../queries';
import { useWords } from '../translation/useWords';
import styles from './connections.module.css';

/** Asks for a sync; where that is not possible, says why. */
export function SyncNow({ connection }: { connection: Connection }) {
  const t = useWords();
  const { allowed, loading } = usePermission({
    permission: syncRunPermission,
    resourceRef: connection.id,
  });
  const { mutate, isPending, error } = useSyncNow();

  const why = () => {
    if (!allowed && !loading) {
      return t('connections.sync.forbidden', {
        permission: syncRunPermission.name,
      });
    }
    if (connection.activeRun) {
      return t('connections.sync.running');
    }
    return connection.syncRequested
      ? t('connections.sync.requested')
      : undefined;
  };
  const reason = why();

  return (
    <>
      <Button
        variant="secondary"
        iconStart={<RiLoopRightLine />}
        isDisabled={!allowed || isBusy(connection)}
        isPending={isPending}
        aria-label={t('connections.sync.nowFor', { title: connection.title })}
        onPress={() => mutate(connection.id)}
      >
        {t('connections.sync.now')}
      </Button>
      <p className={styles.why} role="status">
        {reason}
      </p>
      {error && (
        <p className={`${styles.why} ${styles.failed}`} role="alert">
          {t('connections.sync.failed', { message: errorMessage(error) })}
        </p>
      )}
    </>
  );
}
