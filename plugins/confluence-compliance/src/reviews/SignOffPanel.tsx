// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import { type Review } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiLockLine } from '@remixicon/react';
import { useState } from 'react';
import { EntityLink } from '../components/EntityLink';
import { errorMessage } from '../components/errors';
import { formatNumber } from '../components/format';
import { Panel } from '../components/Panel';
import { ActionDialog } from '../connections/ActionDialog';
import { Fact, Facts } from '../details/Facts';
import { useReviewRights, useReviewStep } from '../queries';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { blocking } from './RemediationTag';
import styles from './reviews.module.css';
import { useMe } from './useMe';
import type { Proofs } from './useProofs';

interface SignOffPanelProps {
  review: Review;
  proofs: Proofs;
}

/** What still keeps a review from being sealed, and the button that seals it. */
export function SignOffPanel({ review, proofs }: SignOffPanelProps) {
  const t = useWords();
  const me = useMe();
  const isPast = useIsPast();
  const { mayManage } = useReviewRights();
  const [isAsking, setAsking] = useState(false);
  const { owner, state, progress } = review;
  const { undecided, revoke } = progress;
  const removals = blocking.reduce((sum, one) => sum + proofs.count(one), 0);
  const isRead = revoke === 0 || proofs.summary !== undefined;
  const isReady = state === 'remediation' && isRead && removals === 0;
  const isMine = mayManage && me === owner && !isPast;
  const left = [
    undecided > 0 &&
      t('reviews.signOff.rows', {
        count: undecided,
        n: formatNumber(undecided),
      }),
    removals > 0 &&
      t('reviews.signOff.removals', {
        count: removals,
        n: formatNumber(removals),
      }),
  ].filter(Boolean);
  return (
    <Panel
      title={t('reviews.signOff.title')}
      actions={
        isMine && (
          <Button
            variant={isReady ? 'primary' : 'secondary'}
            size="small"
            iconStart={<RiLockLine />}
            isDisabled={!isReady}
            onPress={() => setAsking(true)}
          >
            {t('reviews.signOff.button')}
          </Button>
        )
      }
    >
      <p className={styles.text}>
        {t(isReady ? 'reviews.signOff.ready' : 'reviews.signOff.open')}{' '}
        {left.length > 0 &&
          t('reviews.signOff.left', { left: left.join(', ') })}{' '}
        {!isMine &&
          t('reviews.signOff.owner', {
            owner: <EntityLink entityRef={owner} />,
          })}
      </p>
      {isAsking && (
        <SignOffDialog
          review={review}
          proofs={proofs}
          onClose={() => setAsking(false)}
        />
      )}
    </Panel>
  );
}

interface SignOffDialogProps extends SignOffPanelProps {
  onClose: () => void;
}

/** Says what will be sealed before it is. */
function SignOffDialog({ review, proofs, onClose }: SignOffDialogProps) {
  const t = useWords();
  const { mutate, isPending, error } = useReviewStep(review.id);
  const { progress, gaps = [], title } = review;
  const unproven = proofs.count('cannot-verify');
  const facts = [
    [t('reviews.page.rows'), progress.total],
    [t('reviews.done.keep'), progress.keep],
    [t('reviews.done.revoke'), progress.revoke],
    [t('reviews.done.defer'), progress.defer],
    [t('reviews.signOff.gone'), proofs.count('removed')],
    [t('reviews.signOff.unproven'), unproven],
    [t('reviews.signOff.gaps'), gaps.length],
  ] as const;
  return (
    <ActionDialog
      title={t('reviews.signOff.dialog', { title: <bdi>{title}</bdi> })}
      submit={t('reviews.signOff.button')}
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() => mutate({ step: 'sign-off' }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        <strong>{t('reviews.signOff.seals')}</strong>
      </p>
      <Facts>
        {facts.map(([name, number]) => (
          <Fact key={name} name={name}>
            {formatNumber(number)}
          </Fact>
        ))}
      </Facts>
      <p>{t('reviews.signOff.forever')}</p>
    </ActionDialog>
  );
}
