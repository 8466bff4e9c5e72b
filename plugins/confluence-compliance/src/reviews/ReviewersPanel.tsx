// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type { Review } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { EntityLink, useEntityName } from '../components/EntityLink';
import { formatNumber } from '../components/format';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { useReviewRights } from '../queries';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { HandOnDialog, handable } from './HandOnDialog';
import { Meter } from './Progress';
import styles from './reviews.module.css';
import type { Proofs } from './useProofs';

const SHOWN = 10;

interface ReviewersPanelProps {
  review: Review;
  proofs: Proofs;
}

/** Who decides how many rows, and how far they are, those with the most first; and hands these on. */
export function ReviewersPanel({ review, proofs }: ReviewersPanelProps) {
  const t = useWords();
  const isPast = useIsPast();
  const { mayManage } = useReviewRights();
  const [isWhole, setWhole] = useState(false);
  const [handing, setHanding] = useState<string>();
  const mayHandOn = mayManage && !isPast && review.progress.items === 'ready';
  const { reviewers: all = [], byRule = 0 } = proofs.summary ?? {};
  const shown = isWhole ? all : all.slice(0, SHOWN);
  const of = all.find(({ reviewer }) => reviewer === handing);
  if (all.length === 0 || review.progress.total === 0) {
    return null;
  }
  return (
    <Panel
      flush
      title={t('reviews.reviewers.title')}
      sub={
        byRule > 0 &&
        t('reviews.reviewers.byRule', {
          count: byRule,
          n: formatNumber(byRule),
        })
      }
    >
      <ul className={styles.own}>
        {shown.map(one => (
          <li key={one.reviewer}>
            <span className={styles.ownWords}>
              <EntityLink entityRef={one.reviewer} />
            </span>
            <span className={styles.progress}>
              <Meter done={one.total - one.undecided} total={one.total} />
              <span className={theme.second}>
                {t('reviews.progress.decided', {
                  done: formatNumber(one.total - one.undecided),
                  total: formatNumber(one.total),
                })}
              </span>
            </span>
            {mayHandOn && handable(review, one).all > 0 && (
              <HandOnButton
                reviewer={one.reviewer}
                onPress={() => setHanding(one.reviewer)}
              />
            )}
          </li>
        ))}
      </ul>
      {shown.length < all.length && (
        <p className={styles.note}>
          <Button
            variant="tertiary"
            size="small"
            onPress={() => setWhole(true)}
          >
            {t('reviews.draft.moreGaps', { n: formatNumber(all.length) })}
          </Button>
        </p>
      )}
      {of && (
        <HandOnDialog
          review={review}
          of={of}
          onClose={() => setHanding(undefined)}
        />
      )}
    </Panel>
  );
}

interface HandOnButtonProps {
  reviewer: string;
  onPress: () => void;
}

function HandOnButton({ reviewer, onPress }: HandOnButtonProps) {
  const t = useWords();
  const who = useEntityName(reviewer);
  return (
    <Button
      variant="secondary"
      size="small"
      aria-label={t('reviews.handOn.buttonOf', { who })}
      onPress={onPress}
    >
      {t('reviews.handOn.button')}
    </Button>
  );
}
