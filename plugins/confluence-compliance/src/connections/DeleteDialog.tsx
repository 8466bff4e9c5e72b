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
  const [history, setHistory] = useState<'keep' | 'delete'>(
    ended ? 'delete' : 'keep',
  );
  const [entities, setEntities] = useState<'keep' | 'remove'>('remove');
  const send = () =>
    mutate({ id, query: { history, entities } }, { onSuccess: onClose });
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
        <Choice
          label={t('connections.remove.history')}
          value={history}
          onChange={setHistory}
          ways={[
            {
              value: 'keep',
              title: t('connections.remove.keep'),
              text: t('connections.remove.keepText'),
            },
            {
              value: 'delete',
              title: t('connections.remove.delete'),
              text: t('connections.remove.deleteText'),
            },
          ]}
        />
      )}
      <Choice
        label={t('connections.remove.entities')}
        value={entities}
        onChange={setEntities}
        ways={[
          {
            value: 'remove',
            title: t('connections.remove.removeEntities'),
            text: t('connections.remove.removeEntitiesText'),
          },
          {
            value: 'keep',
            title: t('connections.remove.keepEntities'),
            text: t('connections.remove.keepEntitiesText'),
          },
        ]}
      />
      <p className={theme.second} style={{ margin: 0 }}>
        {t('connections.remove.ledger')}
      </p>
    </ActionDialog>
  );
}

interface ChoiceProps<Way extends string> {
  label: string;
  value: Way;
  ways: Array<{ value: Way; title: string; text: string }>;
  onChange: (way: Way) => void;
}

function Choice<Way extends string>({
  ways,
  onChange,
  ...group
}: ChoiceProps<Way>) {
  return (
    <ChoiceGroup
      {...group}
      onChange={chosen =>
        ways.forEach(({ value }) => value === chosen && onChange(value))
      }
    >
      {ways.map(way => (
        <RadioCard key={way.value} {...way} />
      ))}
    </ChoiceGroup>
  );
}
