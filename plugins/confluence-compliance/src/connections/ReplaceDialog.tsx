// SPDX-License-Identifier: Apache-2.0
import { PasswordField } from '@backstage/ui';
import { useState } from 'react';
import { errorMessage } from '../components/errors';
import theme from '../components/theme.module.css';
import { replacedSecrets, type NewSecrets } from '../connect/draft';
import { ExpiryField } from '../connect/ExpiryField';
import { useSaveConnection } from '../connect/queries';
import { useWords } from '../translation/useWords';
import { ActionDialog } from './ActionDialog';
import styles from './connections.module.css';
import type { DialogProps } from './ConnectionMenu';
import { credentialLines } from './credentials';

/** New secrets for the stored ones; what is left empty stays. */
export function ReplaceDialog({ connection, onClose }: DialogProps) {
  const t = useWords();
  const { id } = connection;
  const { mutate, isPending, error } = useSaveConnection();
  const [secrets, setSecrets] = useState<NewSecrets>({});
  const lines = credentialLines(connection).filter(
    ({ what }) => what !== 'oauth',
  );
  const given = Object.values(secrets).filter(({ secret }) => secret.trim());
  return (
    <ActionDialog
      title={t('connections.replace.title', {
        title: <bdi>{connection.title}</bdi>,
      })}
      submit={t('connections.replace.submit')}
      isReady={given.length > 0}
      isPending={isPending}
      failed={
        error &&
        t('connections.replace.refused', { message: errorMessage(error) })
      }
      onSubmit={() =>
        mutate(
          { id, update: replacedSecrets(connection, secrets) },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <p className={theme.lead}>{t('connections.replace.text')}</p>
      {lines.map(({ what }) => {
        const { secret, expiresAt } = secrets[what] ?? {
          secret: '',
          expiresAt: '',
        };
        const change = (more: Partial<{ secret: string; expiresAt: string }>) =>
          setSecrets(before => ({
            ...before,
            [what]: { secret, expiresAt, ...more },
          }));
        return (
          <div key={what} className={styles.pair}>
            <PasswordField
              label={t(`connections.credential.what.${what}`)}
              placeholder={t('connections.replace.keep')}
              autoComplete="off"
              value={secret}
              onChange={value => change({ secret: value })}
            />
            <ExpiryField
              value={expiresAt}
              onChange={value => change({ expiresAt: value })}
            />
          </div>
        );
      })}
    </ActionDialog>
  );
}
