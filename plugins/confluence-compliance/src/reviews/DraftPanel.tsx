// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
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
import { useReviewPreview, useReviewRights, useReviewStep } from '../queries';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { CoverageWords } from './CoverageWords';
import { gapKey, GapsTable } from './GapsTable';
import styles from './reviews.module.css';
import { useMe } from './useMe';

/** What a draft would review and what is missing of it; each gap is accepted by its name. */
export function DraftPanel({ review }: { review: Review }) {
  const t = useWords();
  const me = useMe();
  const isPast = useIsPast();
  const { mayManage } = useReviewRights();
  const preview = useReviewPreview(mayManage ? review.scope : undefined).data;
  const { mutate, isPending, error } = useReviewStep(review.id);
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set());
  const { gaps, size, owner } = review;
  // A gap that was closed meanwhile is not accepted any more.
  const taken = gaps.filter(gap => accepted.has(gapKey(gap)));
  const isOwner = me === owner;
  const mayStart = mayManage && !isPast;
  const mayAccept = mayStart && isOwner;
  const isReady = mayStart && size > 0 && taken.length === gaps.length;

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
  return (
    <>
      {preview && size > 0 && (
        <Panel title={t('reviews.preview.title')}>
          <p className={styles.text}>
            <CoverageWords preview={preview} />
          </p>
          <p className={`${theme.second} ${styles.text}`}>
            {t('reviews.preview.atMost')}
          </p>
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
        actions={
          mayAccept &&
          gaps.length > 0 && (
            <span className={theme.second} role="status">
              {t('reviews.draft.accepted', {
                done: formatNumber(taken.length),
                total: formatNumber(gaps.length),
              })}
            </span>
          )
        }
      >
        {gaps.length === 0 ? (
          <p className={styles.whole}>
            <StateTag tone="pass" label={t('reviews.draft.noGaps')} />
          </p>
        ) : (
          <GapsTable
            gaps={gaps}
            accepted={accepted}
            onAccept={mayAccept ? setAccepted : undefined}
          />
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
              onPress={() =>
                mutate({
                  step: 'start',
                  acceptGaps: taken.map(({ dataset, container }) => ({
                    dataset,
                    container,
                  })),
                })
              }
            >
              {t('reviews.draft.start')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
