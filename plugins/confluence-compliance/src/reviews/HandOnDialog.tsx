// SPDX-License-Identifier: Apache-2.0
import { TextAreaField } from '@backstage/ui';
import type {
  Review,
  ReviewSummary,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { Banner } from '../components/Banner';
import { ChoiceGroup, RadioCard } from '../components/ChoiceCards';
import { errorMessage } from '../components/errors';
import { formatNumber } from '../components/format';
import { ActionDialog } from '../connections/ActionDialog';
import { useHandOn } from '../queries';
import { useWords } from '../translation/useWords';
import { isRef, nameOf, RefField } from './RefField';

type Reviewer = ReviewSummary['reviewers'][number];

/** How many rows of a reviewer can be handed on, and how many of them are decided. */
export function handable(
  { state }: Pick<Review, 'state'>,
  { total, undecided, revoke = 0 }: Reviewer,
) {
  const all = state === 'remediation' ? total - revoke : total;
  return { open: undecided, all, decided: all - undecided };
}

interface HandOnDialogProps {
  review: Review;
  of: Reviewer;
  onClose: () => void;
}

/** Hands the rows of a reviewer to somebody else: what is open, or all to be decided again. */
export function HandOnDialog({ review, of, onClose }: HandOnDialogProps) {
  const t = useWords();
  const { mutate, isPending, error, data } = useHandOn(review.id);
  const { open, all, decided } = handable(review, of);
  const [chosen, setChosen] = useState(open > 0 ? 'open' : 'all');
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const ref = to.trim();
  const given = reason.trim();
  const from = of.reviewer;
  const isSame = ref.toLowerCase() === from;
  const asked = nameOf(ref);
  const [answered, setAnswered] = useState('');
  return (
    <ActionDialog
      title={t('reviews.handOn.title', { who: nameOf(from) })}
      submit={t('reviews.handOn.submit')}
      isReady={isRef(ref) && !isSame && given !== ''}
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() =>
        mutate(
          { from, to: ref, reason: given, undoDecided: chosen === 'all' },
          {
            onSuccess: ({ refused }) =>
              refused.length > 0 ? setAnswered(asked) : onClose(),
          },
        )
      }
      onClose={onClose}
    >
      <RefField
        label={t('reviews.handOn.to')}
        value={to}
        error={
          isSame ? t('reviews.handOn.same', { who: nameOf(from) }) : undefined
        }
        onChange={setTo}
      />
      <ChoiceGroup
        label={t('reviews.handOn.which')}
        value={chosen}
        onChange={setChosen}
      >
        {open > 0 && (
          <RadioCard
            value="open"
            title={t('reviews.handOn.open', {
              count: open,
              n: formatNumber(open),
            })}
            text={t('reviews.handOn.openText')}
          />
        )}
        {decided > 0 && (
          <RadioCard
            value="all"
            title={t('reviews.handOn.all', {
              count: all,
              n: formatNumber(all),
            })}
            text={
              <>
                {t('reviews.handOn.allText', {
                  count: decided,
                  n: formatNumber(decided),
                })}{' '}
                {all < of.total && t('reviews.handOn.revoked')}
              </>
            }
          />
        )}
      </ChoiceGroup>
      <TextAreaField
        label={t('reviews.handOn.why')}
        value={reason}
        onChange={setReason}
        maxLength={2000}
        rows={3}
      />
      {data && data.refused.length > 0 && (
        <Banner tone="warn" alert>
          {t('reviews.handOn.left', {
            count: data.refused.length,
            n: formatNumber(data.refused.length),
            handed: formatNumber(data.handed),
            who: answered,
          })}
        </Banner>
      )}
    </ActionDialog>
  );
}
