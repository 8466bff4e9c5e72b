// SPDX-License-Identifier: Apache-2.0
import { ButtonLink } from '@backstage/ui';
import type { Review } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiArrowRightSLine } from '@remixicon/react';
import { PanelError } from '../components/ErrorState';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { atLeast, useTotalWords } from '../components/totals';
import { More } from '../details/More';
import { useOwnCount, useOwnReviews } from '../queries';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import { DueDate } from './DueDate';
import styles from './reviews.module.css';

interface OwnReviewsProps {
  /** Says also that nothing waits; else there is no panel then. */
  always: boolean;
}

/** The running reviews in which somebody decides, and how much of theirs is left. */
export function OwnReviews({ always }: OwnReviewsProps) {
  const t = useWords();
  const query = useOwnReviews(true);
  const { data, error, refetch, isPending } = query;
  const reviews = data?.pages.flatMap(({ items }) => items) ?? [];
  if (!error && reviews.length === 0 && !always) {
    return null;
  }
  return (
    <Panel flush title={t('reviews.own.title')}>
      {error && <PanelError error={error} onRetry={refetch} stale={!!data} />}
      {isPending && <Loading rows={2} />}
      {data && reviews.length === 0 && (
        <p className={styles.note}>
          <strong>{t('reviews.own.none')}.</strong> {t('reviews.own.noneText')}
        </p>
      )}
      {reviews.length > 0 && (
        <ul className={styles.own}>
          {reviews.map(review => (
            <OwnReview key={review.id} review={review} />
          ))}
        </ul>
      )}
      <More list={query} shown={reviews.length} />
    </Panel>
  );
}

function OwnReview({ review }: { review: Review }) {
  const t = useWords();
  const words = useTotalWords();
  const { data: left } = useOwnCount(review.id, 'undecided', true);
  const href = useLinks().decideReview(review.id);
  const isDone = left !== undefined && atLeast(left) === 0;
  const act = t(isDone ? 'reviews.own.look' : 'reviews.own.decide');
  return (
    <li>
      <div className={styles.ownWords}>
        <strong dir="auto">{review.title}</strong>
        <span className={theme.second}>
          {left !== undefined &&
            (isDone
              ? t('reviews.own.done')
              : t('reviews.own.left', {
                  count: atLeast(left),
                  n: words(left),
                }))}
        </span>
      </div>
      <DueDate review={review} />
      {href && (
        <ButtonLink
          href={href}
          variant={isDone ? 'secondary' : 'primary'}
          iconEnd={<RiArrowRightSLine />}
          aria-label={t('reviews.own.decideOf', { act, title: review.title })}
        >
          {act}
        </ButtonLink>
      )}
    </li>
  );
}
