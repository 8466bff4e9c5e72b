// SPDX-License-Identifier: Apache-2.0
import { TextAreaField } from '@backstage/ui';
import type { Review } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { errorMessage } from '../components/errors';
import { ActionDialog } from '../connections/ActionDialog';
import { useReviewStep } from '../queries';
import { useWords } from '../translation/useWords';

interface CancelDialogProps {
  review: Review;
  onClose: () => void;
}

/** Ends a review without a result, and asks why. */
export function CancelDialog({ review, onClose }: CancelDialogProps) {
  const t = useWords();
  const { mutate, isPending, error } = useReviewStep(review.id);
  const [reason, setReason] = useState('');
  const given = reason.trim();
  return (
    <ActionDialog
      title={t('reviews.cancel.title', { title: <bdi>{review.title}</bdi> })}
      submit={t('reviews.cancel.submit')}
      destructive
      isReady={given !== ''}
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() =>
        mutate({ step: 'cancel', reason: given }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <p>{t('reviews.cancel.text')}</p>
      <TextAreaField
        label={t('reviews.cancel.why')}
        value={reason}
        onChange={setReason}
        maxLength={2000}
        rows={3}
      />
    </ActionDialog>
  );
}
