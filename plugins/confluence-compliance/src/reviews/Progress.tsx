// SPDX-License-Identifier: Apache-2.0
import type { ReviewProgress } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { floorPercent, formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import styles from './reviews.module.css';

/** How many rows are decided, as words and as a bar; no bar before there are rows. */
export function Progress({ progress }: { progress: ReviewProgress }) {
  const t = useWords();
  const { items, total, undecided } = progress;
  if (items === 'waiting') {
    return <span className={theme.muted}>{t('reviews.progress.waiting')}</span>;
  }
  if (items === 'creating') {
    return (
      <span className={theme.muted}>{t('reviews.progress.creating')}</span>
    );
  }
  if (total === 0) {
    return <span className={theme.muted}>{t('reviews.progress.none')}</span>;
  }
  const done = total - undecided;
  return (
    <span className={styles.progress}>
      <Meter done={done} total={total} />
      <span className={theme.second}>
        {t('reviews.progress.decided', {
          done: formatNumber(done),
          total: formatNumber(total),
        })}
      </span>
    </span>
  );
}

/** A bar that fills; the words beside it say the same. */
export function Meter({ done, total }: { done: number; total: number }) {
  const percent = floorPercent(done, total);
  return (
    <span className={styles.meter} aria-hidden="true">
      <span
        className={done === total ? styles.full : undefined}
        style={{ inlineSize: `${percent}%` }}
      />
    </span>
  );
}
