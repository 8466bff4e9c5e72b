// SPDX-License-Identifier: Apache-2.0
import type { ReviewScope } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { PanelError } from '../components/ErrorState';
import { formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import { StateTag } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { useReviewPreview } from '../queries';
import { useWords } from '../translation/useWords';
import { CoverageWords } from './CoverageWords';
import { GapsTable } from './GapsTable';
import styles from './reviews.module.css';

/** What a review over a scope would cover, and what of that was not read whole. */
export function PreviewPanel({ scope }: { scope?: ReviewScope }) {
  const t = useWords();
  const { data, error, refetch, isLoading } = useReviewPreview(scope);
  const { gaps = [] } = data ?? {};
  return (
    <Panel
      title={t('reviews.preview.title')}
      flush
      sub={
        gaps.length > 0 &&
        t('reviews.preview.gaps', {
          count: gaps.length,
          n: formatNumber(gaps.length),
        })
      }
    >
      {error && <PanelError error={error} onRetry={refetch} stale={!!data} />}
      {isLoading && <Loading rows={2} />}
      {!scope && <p className={styles.note}>{t('reviews.preview.none')}</p>}
      {data && (
        <div className={styles.preview} role="status">
          <p className={styles.text}>
            <CoverageWords preview={data} />
          </p>
          <p className={`${theme.second} ${styles.text}`}>
            {t(
              data.size === 0
                ? 'reviews.draft.startHint.empty'
                : 'reviews.preview.atMost',
            )}
          </p>
          {gaps.length === 0 && data.size > 0 && (
            <StateTag tone="pass" label={t('reviews.draft.noGaps')} />
          )}
        </div>
      )}
      {gaps.length > 0 && <GapsTable gaps={gaps} />}
    </Panel>
  );
}
