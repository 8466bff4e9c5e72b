// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { ChoiceGroup, RadioCard } from '../components/ChoiceCards';
import { errorMessage } from '../components/errors';
import theme from '../components/theme.module.css';
import { useDeleteConnection } from '../connect/queries';
import { useWords } from '../translation/useWords';
import { ActionDialog } from './ActionDialog';
import type { DialogProps } from './ConnectionMenu';
import { isEnded } from './words';

/** Deletes a connection and asks what becomes of its history and of its entities. */
export function DeleteDialog({ connection, onClose }: DialogProps) {
  const t = useWords();
  const { id } = connection;
  const ended = isEnded(connection);
  const title = <bdi>{connection.title}</bdi>;
  const { mutate, isPending, error } = useDeleteConnection();
  const [history, setHistory] = useState(ended ? 'delete' : 'keep');
  const [entities, setEntities] = useState('remove');
  const send = () =>
    mutate(
      {
        id,
        query: {
          history: history === 'delete' ? 'delete' : 'keep',
          entities: entities === 'keep' ? 'keep' : 'remove',
        },
      },
      { onSuccess: onClose },
    );
  return (
    <ActionDialog
      title={
        ended
          ? t('connections.remove.historyTitle', { title })
          : t('connections.remove.title', { title })
      }
      submit={
        ended
          ? t('connections.remove.historySubmit')
          : t('connections.remove.submit', { title })
      }
      destructive
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={send}
      onClose={onClose}
    >
      <p className={theme.lead}>
        {ended
          ? t('connections.remove.historyText')
          : t('connections.remove.text')}
      </p>
      {!ended && (
        <ChoiceGroup
          label={t('connections.remove.history')}
          value={history}
          onChange={setHistory}
        >
          <RadioCard
            value="keep"
            title={t('connections.remove.keep')}
            text={t('connections.remove.keepText')}
          />
          <RadioCard
            value="delete"
            title={t('connections.remove.delete')}
            text={t('connections.remove.deleteText')}
          />
        </ChoiceGroup>
      )}
      <ChoiceGroup
        label={t('connections.remove.entities')}
        value={entities}
        onChange={setEntities}
      >
        <RadioCard
          value="remove"
          title={t('connections.remove.removeEntities')}
          text={t('connections.remove.removeEntitiesText')}
        />
        <RadioCard
          value="keep"
          title={t('connections.remove.keepEntities')}
          text={t('connections.remove.keepEntitiesText')}
        />
      </ChoiceGroup>
      <p className={theme.second} style={{ margin: 0 }}>
        {t('connections.remove.ledger')}
      </p>
    </ActionDialog>
  );
}
