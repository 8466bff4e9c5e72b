// SPDX-License-Identifier: Apache-2.0
import { errorMessage } from '../components/errors';
import theme from '../components/theme.module.css';
import { useSaveConnection } from '../connect/queries';
import { useWords } from '../translation/useWords';
import { ActionDialog } from './ActionDialog';
import type { DialogProps } from './ConnectionMenu';

/** Stops reading a site, and says what that does to the checks. */
export function DisableDialog({ connection, onClose }: DialogProps) {
  const t = useWords();
  const { id } = connection;
  const title = <bdi>{connection.title}</bdi>;
  const { mutate, isPending, error } = useSaveConnection();
  return (
    <ActionDialog
      title={t('connections.disable.title', { title })}
      submit={t('connections.disable.submit', { title })}
      destructive
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() =>
        mutate({ id, update: { enabled: false } }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <p className={theme.lead}>{t('connections.disable.text')}</p>
    </ActionDialog>
  );
}
