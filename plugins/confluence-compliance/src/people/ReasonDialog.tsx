// SPDX-License-Identifier: Apache-2.0
import { TextAreaField } from '@backstage/ui';
import { type ReactNode, useState } from 'react';
import { errorMessage } from '../components/errors';
import { ActionDialog } from '../connections/ActionDialog';
import { useWords } from '../translation/useWords';

interface ReasonDialogProps {
  title: ReactNode;
  /** What comes of it. */
  text: string;
  submit: string;
  isPending: boolean;
  error: Error | null;
  onSubmit: (reason: string) => void;
  onClose: () => void;
}

/** Asks why before somebody's word counts. */
export function ReasonDialog(props: ReasonDialogProps) {
  const t = useWords();
  const { title, text, submit, isPending, error } = props;
  const [reason, setReason] = useState('');
  const given = reason.trim();
  return (
    <ActionDialog
      title={title}
      submit={submit}
      isReady={given !== ''}
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() => props.onSubmit(given)}
      onClose={props.onClose}
    >
      <p>{text}</p>
      <TextAreaField
        label={t('people.shrink.reason')}
        description={t('people.shrink.reasonHint')}
        value={reason}
        onChange={setReason}
        rows={3}
      />
    </ActionDialog>
  );
}
