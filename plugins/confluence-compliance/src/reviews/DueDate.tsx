// SPDX-License-Identifier: Apache-2.0
import type { Review } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { StateTag } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { useWords } from '../translation/useWords';
import styles from './reviews.module.css';
import { isOpen } from './state';

/** When a review is due, and that it is over. */
export function DueDate({ review }: { review: Review }) {
  const t = useWords();
  const { dueAt } = review;
  if (!dueAt) {
    return <span className={theme.muted}>{t('reviews.due.none')}</span>;
  }
  const isOver = isOpen(review) && Date.parse(dueAt) < Date.now();
  return (
    <span className={styles.due}>
      <TimeAgo time={dueAt} />
      {isOver && <StateTag tone="warning" label={t('reviews.due.over')} />}
    </span>
  );
}
