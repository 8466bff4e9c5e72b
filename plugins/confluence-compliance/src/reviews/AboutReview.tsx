// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type { Review } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { EntityLink } from '../components/EntityLink';
import { formatNumber } from '../components/format';
import { Panel } from '../components/Panel';
import { TimeAgo } from '../components/TimeAgo';
import { Fact, Facts } from '../details/Facts';
import { useReviewRights } from '../queries';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { DueDate } from './DueDate';
import { OwnerDialog } from './OwnerDialog';
import styles from './reviews.module.css';
import { isOpen } from './state';
import { useScopeWords } from './useScopeWords';

/** What a review covers, whose it is, and when. */
export function AboutReview({ review }: { review: Review }) {
  const t = useWords();
  const scopeWords = useScopeWords();
  const isPast = useIsPast();
  const { mayManage } = useReviewRights();
  const [isChanging, setChanging] = useState(false);
  const { owner, fallbackReviewer, size, createdAt } = review;
  const { reviewer, reviewers } = review;
  const rules = reviewers ?? (reviewer ? ['named' as const] : []);
  return (
    <Panel title={t('reviews.page.about')}>
      <Facts>
        <Fact name={t('reviews.page.covers')}>
          <bdi>{scopeWords(review)}</bdi>
        </Fact>
        {size !== undefined && (
          <Fact name={t('reviews.page.rows')}>{formatNumber(size)}</Fact>
        )}
        <Fact name={t('reviews.page.due')}>
          <DueDate review={review} />
        </Fact>
        {review.dueAt && (
          <Fact name={t('reviews.overdue.label')}>
            {t(`reviews.overdue.rule.${review.overdueRule ?? 'keep-open'}`)}
          </Fact>
        )}
        <Fact name={t('reviews.page.owner')}>
          <span className={styles.owned}>
            <EntityLink entityRef={owner} />
            {mayManage && isOpen(review) && !isPast && (
              <Button
                variant="tertiary"
                size="small"
                onPress={() => setChanging(true)}
              >
                {t('reviews.owner.button')}
              </Button>
            )}
          </span>
        </Fact>
        {rules.length > 0 && (
          <Fact name={t('reviews.reviewers.decide')}>
            <ol className={styles.rules}>
              {rules.map(rule => (
                <li key={rule}>
                  {rule === 'named' && reviewer ? (
                    <EntityLink entityRef={reviewer} />
                  ) : (
                    t(`reviews.reviewers.rule.${rule}`)
                  )}
                </li>
              ))}
            </ol>
          </Fact>
        )}
        <Fact name={t('reviews.page.fallback')}>
          <EntityLink entityRef={fallbackReviewer} />
        </Fact>
        <Fact name={t('reviews.page.created')}>
          <TimeAgo time={createdAt} />
        </Fact>
      </Facts>
      {isChanging && (
        <OwnerDialog review={review} onClose={() => setChanging(false)} />
      )}
    </Panel>
  );
}
