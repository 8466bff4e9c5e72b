// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { errorMessage } from '../components/errors';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { ActionDialog } from '../connections/ActionDialog';
import { useAssignRemediations } from '../queries';
import { useWords } from '../translation/useWords';
import { DayField } from './DayField';
import { endOf } from './days';
import { isRef, RefField } from './RefField';

/** As many as one request takes. */
const MOST = 200;

interface AssignDialogProps {
  reviewId: string;
  /** Ids of those that are selected. */
  items: string[];
  onDone: () => void;
  onClose: () => void;
}

/** Says of all selected removals who makes them, and by when. */
export function AssignDialog({
  reviewId,
  items,
  onDone,
  onClose,
}: AssignDialogProps) {
  const t = useWords();
  const { mutate, isPending, error } = useAssignRemediations(reviewId);
  const [owner, setOwner] = useState('');
  const [due, setDue] = useState('');
  const ref = owner.trim();
  const isTooMany = items.length > MOST;
  return (
    <ActionDialog
      title={t('reviews.remediation.assign.title', {
        count: items.length,
        n: formatNumber(items.length),
      })}
      submit={t('reviews.remediation.assign.button')}
      missing={
        (isTooMany && t('common.missing.fewer')) ||
        (ref === '' && due === '' && t('reviews.remediation.assign.missing')) ||
        (ref !== '' && !isRef(ref) && t('common.missing.person'))
      }
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() =>
        mutate(
          {
            items,
            ...(ref && { owner: ref }),
            ...(due && { dueAt: endOf(due) }),
          },
          { onSuccess: onDone },
        )
      }
      onClose={onClose}
    >
      <RefField
        label={t('reviews.remediation.assign.owner')}
        value={owner}
        onChange={setOwner}
      />
      <DayField
        label={t('reviews.remediation.assign.due')}
        description={t('reviews.create.dueHint')}
        value={due}
        onChange={setDue}
      />
      <span className={theme.second}>
        {isTooMany
          ? t('reviews.remediation.assign.tooMany', { n: formatNumber(MOST) })
          : t('reviews.remediation.assign.means')}
      </span>
    </ActionDialog>
  );
}
