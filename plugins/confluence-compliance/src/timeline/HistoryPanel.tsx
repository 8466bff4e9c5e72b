// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { PanelError } from '../components/ErrorState';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import { Timeline } from '../components/Timeline';
import { Toggle } from '../components/Toggle';
import styles from '../details/details.module.css';
import { More } from '../details/More';
import { type TimelineSubject, useTimeline } from '../queries';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { useTimelineItems } from './items';

type Shown = 'all' | 'access';

/** What changed over time about the one thing that a page is about. */
export function HistoryPanel({ subject }: { subject: TimelineSubject }) {
  const t = useWords();
  const { asOf } = useScope().query;
  const [shown, setShown] = useState<Shown>('all');
  const changes = useTimeline(subject, {
    asOf,
    only: shown === 'access' ? shown : undefined,
    limit: 20,
  });
  const { data, error, refetch, isPending } = changes;
  const toItem = useTimelineItems(subject);
  const items = data?.pages.flatMap(page => page.items) ?? [];
  return (
    <Panel
      flush
      title={t('timeline.title')}
      sub={t(`timeline.${subject.kind}`)}
      actions={
        <Toggle
          label={t('timeline.shown')}
          views={{ all: t('timeline.all'), access: t('timeline.access') }}
          view={shown}
          onChange={setShown}
        />
      }
    >
      {error && <PanelError error={error} onRetry={refetch} stale={!!data} />}
      {isPending && <Loading rows={4} />}
      {data && items.length === 0 && (
        <p className={styles.note}>{t('timeline.none')}</p>
      )}
      {items.length > 0 && (
        <Timeline
          items={items.map((entry, index) =>
            toItem(
              entry,
              changes.hasNextPage ? undefined : items.slice(index + 1),
            ),
          )}
        />
      )}
      <More list={changes} shown={items.length} />
    </Panel>
  );
}
