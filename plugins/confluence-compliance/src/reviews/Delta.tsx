// SPDX-License-Identifier: Apache-2.0
import type { ReviewItem } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import theme from '../components/theme.module.css';
import { UnknownValue } from '../components/UnknownValue';
import { useWords } from '../translation/useWords';
import styles from './table.module.css';

/** What a row is against the last completed review. Unchanged has no box. */
export function Delta({ item: { delta } }: { item: ReviewItem }) {
  const t = useWords();
  if (!delta || delta.kind === 'unknown') {
    return (
      <UnknownValue
        reason={delta?.reason?.text ?? t('reviews.details.notTold')}
      />
    );
  }
  const word = t(`reviews.delta.${delta.kind}`);
  return delta.kind === 'unchanged' ? (
    <span className={theme.muted}>{word}</span>
  ) : (
    <span className={styles[delta.kind === 'new' ? 'new' : 'changed']}>
      {word}
    </span>
  );
}
