// SPDX-License-Identifier: Apache-2.0
import type { ReviewPreview } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Banner } from '../components/Banner';
import { EntityLink } from '../components/EntityLink';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import styles from './reviews.module.css';

/** Who would decide how many rows, those with the most first. */
export function ReviewersPreview({
  reviewers,
}: Pick<Required<ReviewPreview>, 'reviewers'>) {
  const t = useWords();
  const { most, more, fallback, nobody } = reviewers;
  const words = (say: 'rows' | 'fallback' | 'nobody', count: number) =>
    t(`reviews.preview.reviewers.${say}`, { count, n: formatNumber(count) });
  if (most.length === 0) {
    return null;
  }
  return (
    <section
      className={styles.reviewersPreview}
      aria-label={t('reviews.preview.reviewers.title')}
    >
      <h3 className={styles.heading}>{t('reviews.preview.reviewers.title')}</h3>
      <ul className={styles.ownerList}>
        {most.map(({ reviewer, total }) => (
          <li key={reviewer}>
            <EntityLink entityRef={reviewer} />
            <span className={theme.number}>{words('rows', total)}</span>
          </li>
        ))}
        {more.reviewers > 0 && (
          <li className={theme.muted}>
            {t('reviews.preview.reviewers.more', {
              count: more.reviewers,
              n: formatNumber(more.reviewers),
              rows: formatNumber(more.total),
            })}
          </li>
        )}
      </ul>
      {fallback > 0 && (
        <p className={`${theme.second} ${styles.text}`}>
          {words('fallback', fallback)}
        </p>
      )}
      {nobody > 0 && <Banner>{words('nobody', nobody)}</Banner>}
    </section>
  );
}
