// SPDX-License-Identifier: Apache-2.0
import { Skeleton, VisuallyHidden } from '@backstage/ui';
import { useWords } from '../translation/useWords';
import styles from './feedback.module.css';

interface LoadingProps {
  /** Lines in the shape of what will come. */
  rows?: number;
  height?: number;
}

/** Placeholder in the height of the content; appears after 200 ms. */
export function Loading({ rows = 4, height = 20 }: LoadingProps) {
  const t = useWords();
  return (
    <div role="status" aria-busy="true" className={styles.loading}>
      <VisuallyHidden>{t('common.loading')}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} width={`${92 - (row % 3) * 14}%`} />
      ))}
    </div>
  );
}
