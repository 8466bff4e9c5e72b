// SPDX-License-Identifier: Apache-2.0
import { TextAreaField } from '@backstage/ui';
import { useState } from 'react';
import { formatNumber } from '../components/format';
import { ActionDialog } from '../connections/ActionDialog';
import { useWords } from '../translation/useWords';

interface BulkReasonDialogProps {
  count: number;
  onSave: (reason: string) => void;
  onClose: () => void;
}

/** Asks once why all selected rows are revoked. */
export function BulkReasonDialog({
  count,
  onSave,
  onClose,
}: BulkReasonDialogProps) {
  const t = useWords();
  const [reason, setReason] = useState('');
  const given = reason.trim();
  const n = formatNumber(count);
  return (
    <ActionDialog
      title={t('reviews.reason.many', {
        count,
        n,
        why: t('reviews.reason.revoke'),
      })}
      submit={t('reviews.bulk.revoke', { n })}
      destructive
      isReady={given !== ''}
      isPending={false}
      onSubmit={() => onSave(given)}
      onClose={onClose}
    >
      <TextAreaField
        label={t('reviews.reason.revoke')}
        value={reason}
        onChange={setReason}
        maxLength={2000}
        rows={3}
      />
    </ActionDialog>
  );
}
