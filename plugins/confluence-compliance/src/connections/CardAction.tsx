// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { Button, ButtonLink } from '@backstage/ui';
import {
  connectionUpdatePermission,
  type Connection,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useSaveConnection } from '../connect/queries';
import { useErrorWords } from '../connect/useFieldNames';
import { useGrant } from '../connect/useGrant';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import styles from './connections.module.css';
import { SyncNow } from './SyncNow';

/** The OAuth grant that a person must give first, or again. */
function deadGrant({ methods }: Connection) {
  return methods.find(
    ({ method, credential }) =>
      method === 'oauth' && credential.state !== 'stored',
  )?.credential;
}

/** The one button of a card: what this connection needs next. */
export function CardAction({ connection }: { connection: Connection }) {
  const t = useWords();
  const links = useLinks();
  const { id, title, state } = connection;
  const { allowed } = usePermission({
    permission: connectionUpdatePermission,
    resourceRef: id,
  });
  if (state === 'setting-up') {
    const href = links.connectionSetup(id);
    return allowed && href ? (
      <ButtonLink
        variant="secondary"
        href={href}
        aria-label={t('connections.act.continueFor', { title })}
      >
        {t('connections.act.continue')}
      </ButtonLink>
    ) : null;
  }
  if (state === 'disabled') {
    return allowed ? <Enable connection={connection} /> : null;
  }
  if (deadGrant(connection)) {
    return allowed ? <Reconnect connection={connection} /> : null;
  }
  return <SyncNow connection={connection} />;
}

function Reconnect({ connection }: { connection: Connection }) {
  const t = useWords();
  const { start, isPending, failed } = useGrant();
  const { id, title } = connection;
  const isFirst = deadGrant(connection)?.state === 'missing';
  return (
    <>
      <Button
        variant="primary"
        isPending={isPending}
        aria-label={
          isFirst
            ? t('connections.act.connectFor', { title })
            : t('connections.act.reconnectFor', { title })
        }
        onPress={() => start(id)}
      >
        {isFirst
          ? t('connections.act.connect')
          : t('connections.act.reconnect')}
      </Button>
      <Failed message={failed} />
    </>
  );
}

function Enable({ connection }: { connection: Connection }) {
  const t = useWords();
  const errorWords = useErrorWords();
  const { mutate, isPending, error } = useSaveConnection();
  const { id, title } = connection;
  return (
    <>
      <Button
        variant="secondary"
        isPending={isPending}
        aria-label={t('connections.act.enableFor', { title })}
        onPress={() => mutate({ id, update: { enabled: true } })}
      >
        {t('connections.act.enable')}
      </Button>
      <Failed message={error ? errorWords(error) : undefined} />
    </>
  );
}

function Failed({ message }: { message?: string }) {
  const t = useWords();
  return message === undefined ? null : (
    <p className={`${styles.why} ${styles.failed}`} role="alert" dir="auto">
      {t('common.error.action', { message })}
    </p>
  );
}
