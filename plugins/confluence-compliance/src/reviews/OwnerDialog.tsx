// SPDX-License-Identifier: Apache-2.0
import { TextAreaField } from '@backstage/ui';
import type { Review } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { errorMessage } from '../components/errors';
import { ActionDialog } from '../connections/ActionDialog';
import { useChangeOwner } from '../queries';
import { useWords } from '../translation/useWords';
import { isRef, nameOf, RefField } from './RefField';
import styles from './reviews.module.css';

interface OwnerDialogProps {
  review: Review;
  onClose: () => void;
}

/** Gives a review to another owner, and says why. */
export function OwnerDialog({ review, onClose }: OwnerDialogProps) {
  const t = useWords();
  const { mutate, isPending, error } = useChangeOwner(review.id);
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const owner = to.trim();
  const given = reason.trim();
  const isSame = owner.toLowerCase() === review.owner;
  const name = nameOf(review.owner);
  return (
    <ActionDialog
      title={t('reviews.owner.title')}
      submit={t('reviews.owner.button')}
      missing={
        (!isRef(owner) && t('common.missing.person')) ||
        (isSame && t('common.missing.mend')) ||
        (given === '' && t('common.missing.reason'))
      }
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() => mutate({ owner, reason: given }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p className={styles.text}>{t('reviews.owner.text')}</p>
      <RefField
        label={t('reviews.owner.to')}
        value={to}
        error={isSame ? t('reviews.owner.same', { owner: name }) : undefined}
        onChange={setTo}
      />
      <TextAreaField
        label={t('reviews.owner.why')}
        value={reason}
        onChange={setReason}
        maxLength={2000}
        rows={3}
      />
    </ActionDialog>
  );
}
