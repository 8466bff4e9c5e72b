// SPDX-License-Identifier: Apache-2.0
import { TextAreaField } from '@backstage/ui';
import type { Exception } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { errorMessage } from '../components/errors';
import { formatDate } from '../components/format';
import { ActionDialog } from '../connections/ActionDialog';
import { type ExceptionAct, useDecideException } from '../queries';
import { useWords } from '../translation/useWords';
import { lastOf } from './ExceptionTag';

interface DecideDialogProps {
  exception: Exception;
  title: string;
  act: ExceptionAct;
  onClose: () => void;
}

/** Approves, rejects or ends an exception; what says no says why. */
export function DecideDialog({
  exception,
  title,
  act,
  onClose,
}: DecideDialogProps) {
  const t = useWords();
  const { mutate, isPending, error } = useDecideException();
  const [note, setNote] = useState('');
  const { id, until } = exception;
  const given = note.trim();
  const text =
    act === 'approve'
      ? t('exceptions.dialog.approveText', {
          date: formatDate(lastOf(until), new Date()),
        })
      : t(`exceptions.dialog.${act}Text`);
  return (
    <ActionDialog
      title={t(`exceptions.dialog.${act}`, { title: <bdi>{title}</bdi> })}
      submit={t(`exceptions.act.${act}`)}
      destructive={act !== 'approve'}
      isReady={act === 'approve' || given.length > 0}
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() => mutate({ id, act, note: given }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{text}</p>
      <TextAreaField
        label={t(
          act === 'approve'
            ? 'exceptions.dialog.noteOptional'
            : 'exceptions.dialog.note',
        )}
        value={note}
        onChange={setNote}
        rows={3}
      />
    </ActionDialog>
  );
}
