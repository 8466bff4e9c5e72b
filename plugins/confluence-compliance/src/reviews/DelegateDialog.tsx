// SPDX-License-Identifier: Apache-2.0
import { TextAreaField } from '@backstage/ui';
import { useState } from 'react';
import { errorMessage } from '../components/errors';
import theme from '../components/theme.module.css';
import { ActionDialog } from '../connections/ActionDialog';
import { useDelegate } from '../queries';
import { useWords } from '../translation/useWords';
import { DayField } from './DayField';
import { endOf, startOf } from './days';
import { isRef, RefField } from './RefField';
import styles from './reviews.module.css';
import { useMe } from './useMe';

/** As long as one can last. */
const YEAR = 366 * 24 * 60 * 60_000;

/** Lets somebody decide in one's place, from one day to another. */
export function DelegateDialog({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const me = useMe();
  const { mutate, isPending, error } = useDelegate();
  const [to, setTo] = useState('');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const ref = to.trim();
  const given = reason.trim();
  const isSelf = ref.toLowerCase() === me;
  const isLate = until !== '' && Date.parse(endOf(until)) < Date.now();
  const isFar = until !== '' && Date.parse(endOf(until)) > Date.now() + YEAR;
  const isOrdered = !isLate && (from === '' || until === '' || from <= until);
  // A day that began already is the same as now.
  const startsAt =
    from && Date.parse(startOf(from)) > Date.now() ? startOf(from) : undefined;
  return (
    <ActionDialog
      title={t('reviews.delegation.button')}
      submit={t('reviews.delegation.submit')}
      missing={
        (!isRef(ref) && t('common.missing.person')) ||
        (until === '' && t('common.missing.day')) ||
        ((isSelf || !isOrdered || isFar) && t('common.missing.mend')) ||
        (given === '' && t('common.missing.reason'))
      }
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() =>
        mutate(
          {
            to: ref,
            ...(startsAt && { startsAt }),
            endsAt: endOf(until),
            reason: given,
          },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <p className={styles.text}>{t('reviews.delegation.sub')}</p>
      <RefField
        label={t('reviews.delegation.to')}
        value={to}
        error={isSelf ? t('reviews.delegation.self') : undefined}
        onChange={setTo}
      />
      <DayField
        label={t('reviews.delegation.from')}
        description={t('reviews.delegation.fromHint')}
        value={from}
        onChange={setFrom}
      />
      <DayField
        label={t('reviews.delegation.until')}
        description={t('reviews.delegation.untilHint')}
        value={until}
        onChange={setUntil}
      />
      {isFar && (
        <p className={`${theme.second} ${styles.text}`} role="alert">
          {t('reviews.delegation.far')}
        </p>
      )}
      {!isOrdered && (
        <p className={`${theme.second} ${styles.text}`} role="alert">
          {t('reviews.delegation.order')}
        </p>
      )}
      <TextAreaField
        label={t('reviews.delegation.why')}
        value={reason}
        onChange={setReason}
        maxLength={2000}
        rows={3}
      />
    </ActionDialog>
  );
}
