// SPDX-License-Identifier: Apache-2.0
import type { Review } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { EntityLink } from '../components/EntityLink';
import { formatNumber } from '../components/format';
import { Panel } from '../components/Panel';
import { TimeAgo } from '../components/TimeAgo';
import { Fact, Facts } from '../details/Facts';
import { useWords } from '../translation/useWords';
import { DueDate } from './DueDate';
import styles from './reviews.module.css';
import { useScopeWords } from './useScopeWords';

/** What a review covers, whose it is, and when. */
export function AboutReview({ review }: { review: Review }) {
  const t = useWords();
  const scopeWords = useScopeWords();
  const { owner, fallbackReviewer, createdAt } = review;
  const { size } = review.preview ?? review;
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
          <EntityLink entityRef={owner} />
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
    </Panel>
  );
}
