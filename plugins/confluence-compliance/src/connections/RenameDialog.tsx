// SPDX-License-Identifier: Apache-2.0
import { TextField } from '@backstage/ui';
import type { Connection } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { errorMessage } from '../components/errors';
import { useSaveConnection } from '../connect/queries';
import { useWords } from '../translation/useWords';
import { ActionDialog } from './ActionDialog';
import type { DialogProps } from './ConnectionMenu';

/** Another name for a connection; everything else stays. */
export function RenameDialog({ connection, onClose }: DialogProps) {
  const t = useWords();
  const { id } = connection;
  const { mutate, isPending, error } = useSaveConnection();
  const [title, setTitle] = useState<Connection['title']>(connection.title);
  const given = title.trim();
  return (
    <ActionDialog
      title={t('connections.rename.title', {
        title: <bdi>{connection.title}</bdi>,
      })}
      submit={t('connections.rename.submit')}
      missing={
        (given === '' && t('common.missing.name')) ||
        (given === connection.title && t('connections.rename.missing'))
      }
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() =>
        mutate({ id, update: { title: given } }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <TextField
        label={t('connections.rename.field')}
        value={title}
        onChange={setTitle}
        maxLength={100}
        dir="auto"
      />
    </ActionDialog>
  );
}
