// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { Link } from '@backstage/ui';
import {
  accountReadPermission,
  type Connection,
  type ReadScope,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useAccountHref } from '../cards/links';
import theme from '../components/theme.module.css';
import { useAccount } from '../queries';
import { useWords } from '../translation/useWords';
import styles from './connections.module.css';

interface SeenByProps {
  connection: Connection;
  scope: ReadScope;
}

/** The credential that read something, and whose eyes it has. */
export function SeenBy({ connection, scope }: SeenByProps) {
  const t = useWords();
  const { method, accountId, current } = scope;
  if (!method) {
    return (
      <span className={theme.muted}>
        {t('connections.completeness.scope.unknown')}
      </span>
    );
  }
  return (
    <>
      {method === 'organization'
        ? t('connections.credential.what.organization')
        : t(`connections.methods.${method}`)}
      {accountId && (
        <span className={styles.below}>
          <Reader connection={connection.id} accountId={accountId} />
        </span>
      )}
      {!current && (
        <span className={styles.below}>
          {t('connections.completeness.scope.before')}
        </span>
      )}
    </>
  );
}

/** An account by its name for whoever may see names, else by its id. */
function Reader(account: { connection: string; accountId: string }) {
  const { connection, accountId } = account;
  const { allowed } = usePermission({
    permission: accountReadPermission,
    resourceRef: `${connection}/${accountId}`,
  });
  const id = <bdi className={theme.mono}>{accountId}</bdi>;
  return allowed ? <NamedReader {...account} fallback={id} /> : id;
}

function NamedReader({
  connection,
  accountId,
  fallback,
}: {
  connection: string;
  accountId: string;
  fallback: JSX.Element;
}) {
  const { data } = useAccount(connection, accountId);
  const href = useAccountHref({ connection, accountId });
  const name = data?.name ? <bdi>{data.name}</bdi> : fallback;
  return data && href ? <Link href={href}>{name}</Link> : name;
}
