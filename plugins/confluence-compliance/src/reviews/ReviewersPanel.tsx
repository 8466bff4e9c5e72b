// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type { Review } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { EntityLink } from '../components/EntityLink';
import { formatNumber } from '../components/format';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import { Meter } from './Progress';
import styles from './reviews.module.css';
import type { Proofs } from './useProofs';

const SHOWN = 10;

interface ReviewersPanelProps {
  review: Review;
  proofs: Proofs;
}

/** Who decides how many rows, and how far they are; those with the most first. */
export function ReviewersPanel({ review, proofs }: ReviewersPanelProps) {
  const t = useWords();
  const [isWhole, setWhole] = useState(false);
  const { reviewers: all = [], byRule = 0 } = proofs.summary ?? {};
  const shown = isWhole ? all : all.slice(0, SHOWN);
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
        {shown.map(({ reviewer, total, undecided }) => (
          <li key={reviewer}>
            <span className={styles.ownWords}>
              <EntityLink entityRef={reviewer} />
            </span>
            <span className={styles.progress}>
              <Meter done={total - undecided} total={total} />
              <span className={theme.second}>
                {t('reviews.progress.decided', {
                  done: formatNumber(total - undecided),
                  total: formatNumber(total),
                })}
              </span>
            </span>
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
    </Panel>
  );
}
