// SPDX-License-Identifier: Apache-2.0
import { Button, TextAreaField } from '@backstage/ui';
import {
  type Review,
  reviewManagePermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiPlayLine } from '@remixicon/react';
import { useState } from 'react';
import { FailedBanner } from '../components/Banner';
import { EntityLink } from '../components/EntityLink';
import { errorMessage } from '../components/errors';
import { formatNumber } from '../components/format';
import { Panel } from '../components/Panel';
import { StateTag } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { useReviewRights, useReviewStep } from '../queries';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { CoverageWords } from './CoverageWords';
import { GapsTable } from './GapsTable';
import { ReviewersPreview } from './ReviewersPreview';
import styles from './reviews.module.css';
import { useMe } from './useMe';

/** What a draft would consist of and what is missing of it, which its owner accepts as it is shown. */
export function DraftPanel({ review }: { review: Review }) {
  const t = useWords();
  const me = useMe();
  const isPast = useIsPast();
  const { mayManage } = useReviewRights();
  const { mutate, isPending, error } = useReviewStep(review.id);
  const [reason, setReason] = useState('');
  const { owner, preview } = review;
  const { gaps = [], size = 0 } = preview ?? {};
  const isOwner = me === owner;
  const mayStart = mayManage && !isPast;
  const mayAccept = mayStart && isOwner && gaps.length > 0;
  const isAccepted = gaps.length === 0 || (isOwner && reason.trim() !== '');
  const isReady = mayStart && size > 0 && isAccepted;

  const hint = () => {
    const say = 'reviews.draft.startHint';
    if (!mayManage) {
      return t(`${say}.permission`, {
        permission: reviewManagePermission.name,
      });
    }
    if (size === 0) {
      return t(`${say}.empty`);
    }
    if (gaps.length > 0 && !isOwner) {
      return t(`${say}.owner`, { owner: <EntityLink entityRef={owner} /> });
    }
    return t(isReady ? `${say}.ready` : `${say}.gaps`);
  };
  const start = () =>
    mutate({
      step: 'start',
      ...(preview &&
        gaps.length > 0 && {
          acceptGaps: { gapsHash: preview.gapsHash, reason: reason.trim() },
        }),
    });
  return (
    <>
      {preview && size > 0 && (
        <Panel title={t('reviews.preview.title')}>
          <p className={styles.text}>
            <CoverageWords preview={preview} />
          </p>
          <p className={`${theme.second} ${styles.text}`}>
            {t('reviews.preview.exact')}
          </p>
          {preview.reviewers && (
            <ReviewersPreview reviewers={preview.reviewers} />
          )}
        </Panel>
      )}
      <Panel
        flush
        title={t('reviews.draft.gaps')}
        sub={
          gaps.length > 0 &&
          t('reviews.draft.gapsText', {
            count: gaps.length,
            n: formatNumber(gaps.length),
          })
        }
      >
        {gaps.length === 0 ? (
          <p className={styles.whole}>
            <StateTag tone="pass" label={t('reviews.draft.noGaps')} />
          </p>
        ) : (
          <GapsTable gaps={gaps} />
        )}
        {mayAccept && (
          <div className={styles.whole}>
            <TextAreaField
              label={t('reviews.draft.accept', {
                count: gaps.length,
                n: formatNumber(gaps.length),
              })}
              description={t('reviews.draft.acceptHint')}
              value={reason}
              onChange={setReason}
              maxLength={2000}
              rows={2}
            />
          </div>
        )}
      </Panel>
      {error && (
        <FailedBanner>
          {t('common.error.action', { message: errorMessage(error) })}
        </FailedBanner>
      )}
      {!isPast && (
        <div className={styles.foot}>
          <span className={theme.muted}>{hint()}</span>
          {mayManage && (
            <Button
              variant="primary"
              iconStart={<RiPlayLine />}
              isDisabled={!isReady}
              isPending={isPending}
              onPress={start}
            >
              {t('reviews.draft.start')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
