// SPDX-License-Identifier: Apache-2.0
import type { Review } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import { LiveRegion } from '../components/LiveRegion';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { useWords } from '../translation/useWords';
import { DueDate } from './DueDate';
import { Phases } from './Phases';
import { Meter } from './Progress';
import styles from './reviews.module.css';
import { isOpen } from './state';
import { useScopeWords } from './useScopeWords';

const parts = ['keep', 'revoke', 'defer', 'undecided'] as const;

/** Where a review stands, in one sentence and one bar. */
export function ReviewHead({ review }: { review: Review }) {
  const t = useWords();
  const { state, progress, revision, startedAt, endedAt } = review;
  const isMaking = progress.items === 'creating';
  const lead = useLead()(review);
  const scopeWords = useScopeWords();
  return (
    <Panel label={t('reviews.page.phases')}>
      <div className={styles.head}>
        <Phases state={state} />
        <div className={styles.sentence}>
          <p className={styles.lead}>{lead}</p>
          <p className={theme.muted}>
            <bdi>{scopeWords(review)}</bdi>.{' '}
            {isOpen(review) && review.dueAt && (
              <>{t('reviews.due.at', { when: <DueDate review={review} /> })} </>
            )}
            {revision !== undefined && (
              <>{t('reviews.page.frozen', { n: formatNumber(revision) })} </>
            )}
            {endedAt
              ? t('reviews.page.ended', { when: <TimeAgo time={endedAt} /> })
              : startedAt &&
                t('reviews.page.started', {
                  when: <TimeAgo time={startedAt} />,
                })}
          </p>
        </div>
        {isMaking && (
          <>
            <Meter
              done={progress.containers.done}
              total={progress.containers.total}
            />
            <p className={theme.second}>{t('reviews.table.making')}</p>
            <LiveRegion text={lead} state={progress.items} />
          </>
        )}
        {!isMaking && progress.total > 0 && <Decisions review={review} />}
      </div>
    </Panel>
  );
}

function useLead() {
  const t = useWords();
  return ({ state, preview, progress }: Review): string => {
    const { total, undecided, revoke, containers } = progress;
    if (progress.items === 'creating') {
      return t('reviews.page.lead.creating', {
        done: formatNumber(containers.done),
        total: formatNumber(containers.total),
      });
    }
    switch (state) {
      case 'draft':
        return preview
          ? t('reviews.page.lead.draft', {
              count: preview.size,
              n: formatNumber(preview.size),
            })
          : t('reviews.state.draft');
      case 'in-progress':
        return t('reviews.page.lead.progress', {
          done: formatNumber(total - undecided),
          total: formatNumber(total),
        });
      case 'remediation':
        return t('reviews.page.lead.remediation', {
          count: revoke,
          n: formatNumber(revoke),
        });
      default:
        return t(`reviews.page.lead.${state}`);
    }
  };
}

/** What was decided, as a bar with its numbers below. */
function Decisions({ review }: { review: Review }) {
  const t = useWords();
  const { progress } = review;
  const words = parts.map(
    part =>
      `${formatNumber(progress[part])} ${t(`reviews.page.legend.${part}`)}`,
  );
  return (
    <>
      <div
        className={styles.decisions}
        role="img"
        aria-label={words.join(', ')}
      >
        {parts
          .filter(part => progress[part] > 0)
          .map(part => (
            <span
              key={part}
              className={styles[part]}
              style={{ flexGrow: progress[part] }}
            />
          ))}
      </div>
      <ul className={styles.legend} aria-hidden="true">
        {parts.map(part => (
          <li key={part}>
            <span className={`${styles.swatch} ${styles[part]}`} />
            <strong>{formatNumber(progress[part])}</strong>{' '}
            {t(`reviews.page.legend.${part}`)}
          </li>
        ))}
      </ul>
    </>
  );
}
