// SPDX-License-Identifier: Apache-2.0
import { TextAreaField } from '@backstage/ui';
import { type ReactNode, useState } from 'react';
import { ActionDialog } from '../connections/ActionDialog';
import { useWords } from '../translation/useWords';
import { errorMessage } from './errors';

interface ReasonDialogProps {
  title: ReactNode;
  /** What comes of it. */
  text?: string;
  /** What is asked for. */
  label: string;
  hint?: string;
  submit: string;
  destructive?: boolean;
  /** Default no: what is saved elsewhere closes the dialog at once. */
  isPending?: boolean;
  error?: Error | null;
  onSubmit: (reason: string) => void;
  onClose: () => void;
}

/** Asks why before somebody's word counts. */
export function ReasonDialog({
  text,
  label,
  hint,
  isPending = false,
  error,
  onSubmit,
  ...dialog
}: ReasonDialogProps) {
  const t = useWords();
  const [reason, setReason] = useState('');
  const given = reason.trim();
  return (
    <ActionDialog
      {...dialog}
      missing={given === '' && t('common.missing.reason')}
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() => onSubmit(given)}
    >
      {text && <p>{text}</p>}
      <TextAreaField
        label={label}
        description={hint}
        value={reason}
        onChange={setReason}
        maxLength={2000}
        rows={3}
      />
    </ActionDialog>
  );
}
