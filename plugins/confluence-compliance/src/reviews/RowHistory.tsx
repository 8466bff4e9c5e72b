// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type {
  ItemEvent,
  ReviewItem,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiHistoryLine } from '@remixicon/react';
import { useId, useState } from 'react';
import { EntityLink } from '../components/EntityLink';
import { PanelError } from '../components/ErrorState';
import { Loading } from '../components/Loading';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { useItemHistory } from '../queries';
import { useWords } from '../translation/useWords';
import { DecidedBy } from './DecidedBy';
import styles from './history.module.css';

interface RowHistoryProps {
  reviewId: string;
  item: ReviewItem;
}

/** Who decided a row or handed it on, when and why; it is read once somebody asks for it. */
export function RowHistory({ reviewId, item }: RowHistoryProps) {
  const t = useWords();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <section aria-label={t('reviews.details.history.title')}>
      <div className={styles.opener}>
        <Button
          variant="secondary"
          size="small"
          iconStart={<RiHistoryLine />}
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onPress={() => setOpen(!isOpen)}
        >
          {t(`reviews.details.history.${isOpen ? 'hide' : 'show'}`)}
        </Button>
      </div>
      {isOpen && (
        <div id={id}>
          <Events reviewId={reviewId} item={item} />
        </div>
      )}
    </section>
  );
}

function Events({ reviewId, item }: RowHistoryProps) {
  const t = useWords();
  const { data, error, isPending, refetch } = useItemHistory(reviewId, item.id);
  const events = data?.items ?? [];
  return (
    <>
      {error && <PanelError error={error} onRetry={refetch} stale={!!data} />}
      {isPending && <Loading rows={2} />}
      {data && events.length === 0 && (
        <p className={theme.second}>{t('reviews.details.history.none')}</p>
      )}
      {events.length > 0 && (
        <ol className={styles.events}>
          {events.map(event => (
            <Event key={`${event.from.version} ${event.at}`} event={event} />
          ))}
        </ol>
      )}
    </>
  );
}

function Event({ event }: { event: ItemEvent }) {
  const t = useWords();
  const { kind, by, at, from, to, reason } = event;
  const who = <DecidedBy by={by} for={event.for} />;
  return (
    <li>
      <span>
        {kind === 'reassign'
          ? t('reviews.details.history.reassign', {
              who,
              from: <EntityLink entityRef={from.reviewer} />,
              to: to ? <EntityLink entityRef={to} /> : '',
            })
          : t(`reviews.details.history.${kind}`, { who })}
      </span>
      <span className={theme.second}>
        <TimeAgo time={at} />
        {from.decision !== 'undecided' &&
          `, ${t('reviews.details.history.before', {
            decision: t(`reviews.done.${from.decision}`),
          })}`}
      </span>
      {reason && <q dir="auto">{reason}</q>}
    </li>
  );
}
