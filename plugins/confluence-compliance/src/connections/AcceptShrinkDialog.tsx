// SPDX-License-Identifier: Apache-2.0
import { TextAreaField } from '@backstage/ui';
import type { Run } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { errorMessage } from '../components/errors';
import { formatNumber } from '../components/format';
import { useAcceptShrink } from '../queries';
import { useWords } from '../translation/useWords';
import { ActionDialog } from './ActionDialog';
import { RefusedList } from './RefusedList';

const SHORTEST_REASON = 10;

interface AcceptShrinkDialogProps {
  runId: string;
  refused: Run['refused'][number];
  /** Name of the group or space, or its id where nobody knows it. */
  container: string;
  onClose: () => void;
}

/** Shows what a loss would close, and asks why it is right before it is let through. */
export function AcceptShrinkDialog({
  runId,
  refused,
  container,
  onClose,
}: AcceptShrinkDialogProps) {
  const t = useWords();
  const { mutate, isPending, error } = useAcceptShrink();
  const [reason, setReason] = useState('');
  const given = reason.trim();
  const missing = formatNumber(refused.missing);
  const n = formatNumber(SHORTEST_REASON);
  return (
    <ActionDialog
      title={t('connections.refused.dialogTitle')}
      submit={t('connections.refused.submit', { missing })}
      missing={
        given.length < SHORTEST_REASON && t('common.missing.reasonOf', { n })
      }
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() =>
        mutate(
          { runId, readId: refused.readId, reason: given },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <p>
        {t('connections.refused.dialogText', {
          missing,
          of: formatNumber(refused.of),
          dataset: refused.dataset,
          container: <bdi>{container}</bdi>,
        })}
      </p>
      <RefusedList runId={runId} readId={refused.readId} />
      <TextAreaField
        label={t('connections.refused.reason', { n })}
        value={reason}
        onChange={setReason}
        rows={3}
      />
    </ActionDialog>
  );
}
