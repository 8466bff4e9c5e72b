// SPDX-License-Identifier: Apache-2.0
import type {
  Connection,
  ReadScope,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { AccountName } from '../components/AccountName';
import theme from '../components/theme.module.css';
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
          <AccountName connection={connection.id} accountId={accountId} />
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
