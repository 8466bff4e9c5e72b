// SPDX-License-Identifier: Apache-2.0
import type {
  Review,
  ReviewChange,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { EntityLink } from '../components/EntityLink';
import { PanelError } from '../components/ErrorState';
import { formatNumber } from '../components/format';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { More } from '../details/More';
import { useReviewHistory } from '../queries';
import { useWords } from '../translation/useWords';
import styles from './history.module.css';

/** Who got a review, or the rows of somebody in it, from whom and why; nothing where nobody did. */
export function ReviewHistory({ review }: { review: Review }) {
  const t = useWords();
  const query = useReviewHistory(review.id, true);
  const { data, error, refetch } = query;
  const changes = data?.pages.flatMap(({ items }) => items) ?? [];
  if (!error && changes.length === 0) {
    return null;
  }
  return (
    <Panel title={t('reviews.changes.title')}>
      {error && <PanelError error={error} onRetry={refetch} stale={!!data} />}
      {changes.length > 0 && (
        <ol className={`${styles.events} ${styles.first}`}>
          {changes.map(change => (
            <Change key={`${change.kind} ${change.at}`} change={change} />
          ))}
        </ol>
      )}
      <More list={query} shown={changes.length} />
    </Panel>
  );
}

function Change({ change }: { change: ReviewChange }) {
  const t = useWords();
  const { kind, by, at, from, to, items = 0, undone = 0, reason } = change;
  const people = {
    who: <EntityLink entityRef={by} />,
    from: <EntityLink entityRef={from} />,
    to: <EntityLink entityRef={to} />,
  };
  return (
    <li>
      <span>
        {kind === 'owner'
          ? t('reviews.changes.owner', people)
          : t('reviews.changes.handOn', {
              ...people,
              count: items,
              n: formatNumber(items),
            })}
      </span>
      <span className={theme.second}>
        <TimeAgo time={at} />
        {undone > 0 &&
          `, ${t('reviews.changes.undone', {
            count: undone,
            n: formatNumber(undone),
          })}`}
      </span>
      {reason && <q dir="auto">{reason}</q>}
    </li>
  );
}
