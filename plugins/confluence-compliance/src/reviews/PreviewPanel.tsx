// SPDX-License-Identifier: Apache-2.0
import type {
  PreviewReview,
  ReviewScope,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { PanelError } from '../components/ErrorState';
import { formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import { StateTag } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { usePaused } from '../components/usePaused';
import { useReviewPreview } from '../queries';
import { useWords } from '../translation/useWords';
import { CoverageWords } from './CoverageWords';
import { GapsTable } from './GapsTable';
import { ReviewersPreview } from './ReviewersPreview';
import styles from './reviews.module.css';

interface PreviewPanelProps {
  scope?: ReviewScope;
  /** Who decides; absent while that is not said. */
  asked?: Omit<PreviewReview, 'scope'>;
}

/** What a review would consist of, who would decide how much, and what was not read whole. */
export function PreviewPanel({ scope, asked }: PreviewPanelProps) {
  const t = useWords();
  // Names are typed letter by letter, and each of these would be counted.
  const paused = usePaused(scope && { scope, ...asked });
  const { data, error, refetch, isLoading } = useReviewPreview(paused);
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
      {scope && data && (
        <div className={styles.preview} role="status">
          <p className={styles.text}>
            <CoverageWords preview={data} />
          </p>
          <p className={`${theme.second} ${styles.text}`}>
            {t(
              data.size === 0
                ? 'reviews.draft.startHint.empty'
                : 'reviews.preview.exact',
            )}
          </p>
          {gaps.length === 0 && data.size > 0 && (
            <StateTag tone="pass" label={t('reviews.draft.noGaps')} />
          )}
          {data.reviewers ? (
            <ReviewersPreview reviewers={data.reviewers} />
          ) : (
            <p className={`${theme.second} ${styles.text}`}>
              {t('reviews.preview.reviewers.none')}
            </p>
          )}
        </div>
      )}
      {scope && gaps.length > 0 && <GapsTable gaps={gaps} />}
    </Panel>
  );
}
