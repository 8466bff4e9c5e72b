// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { TextAreaField } from '@backstage/ui';
import type { ReviewItem } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { confluenceComplianceApiRef } from '../api';
import { errorMessage } from '../components/errors';
import { formatNumber } from '../components/format';
import { ActionDialog } from '../connections/ActionDialog';
import { useForgetReview } from '../queries';
import { useWords } from '../translation/useWords';
import { isRef, RefField } from './RefField';

interface ReassignDialogProps {
  reviewId: string;
  items: ReviewItem[];
  onDone: (items: ReviewItem[]) => void;
  onClose: () => void;
}

/** Hands rows to another reviewer, and says why. */
export function ReassignDialog({
  reviewId,
  items,
  onDone,
  onClose,
}: ReassignDialogProps) {
  const t = useWords();
  const api = useApi(confluenceComplianceApiRef);
  const forget = useForgetReview(reviewId);
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const given = reason.trim();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      api.reassignReviewItems(reviewId, {
        items: items.map(({ id, version }) => ({ id, version })),
        to: to.trim(),
        reason: given,
      }),
    onSuccess: answer => onDone(answer.items),
    onSettled: forget,
  });
  const count = items.length;
  return (
    <ActionDialog
      title={t('reviews.reassign.title', { count, n: formatNumber(count) })}
      submit={t('reviews.reassign.submit')}
      missing={
        (!isRef(to) && t('common.missing.person')) ||
        (given === '' && t('common.missing.reason'))
      }
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() => mutate()}
      onClose={onClose}
    >
      <RefField label={t('reviews.reassign.to')} value={to} onChange={setTo} />
      <TextAreaField
        label={t('reviews.reassign.why')}
        value={reason}
        onChange={setReason}
        maxLength={2000}
        rows={3}
      />
    </ActionDialog>
  );
}
