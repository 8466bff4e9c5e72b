// SPDX-License-Identifier: Apache-2.0
import type { Connection } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { PanelError } from '../components/ErrorState';
import { formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import { Toggle } from '../components/Toggle';
import { atLeast } from '../components/totals';
import { More } from '../details/More';
import { useContainers, useIncompleteContainers } from '../queries';
import { useWords } from '../translation/useWords';
import styles from './connections.module.css';
import { ContainerTable } from './ContainerTable';
import { foldByReason } from './folded';

type View = 'incomplete' | 'all';

/** What was read of each group, space and dataset, whole or not, and under whose rights. */
export function Completeness({ connections }: { connections: Connection[] }) {
  const t = useWords();
  const [view, setView] = useState<View>('incomplete');
  const read = connections.filter(({ datasets }) =>
    datasets.some(({ state }) => state !== 'never-read'),
  );
  if (read.length === 0) {
    return null;
  }
  return (
    <Panel
      flush
      title={t('connections.completeness.title')}
      sub={t(`connections.completeness.sub.${view}`)}
      actions={
        <Toggle
          label={t('connections.completeness.toggle')}
          views={{
            incomplete: t('connections.completeness.view.incomplete'),
            all: t('connections.completeness.view.all'),
          }}
          view={view}
          onChange={setView}
        />
      }
    >
      {view === 'incomplete' ? (
        <Incomplete connections={read} />
      ) : (
        read.map(connection => (
          <All
            key={connection.id}
            connection={connection}
            isNamed={read.length > 1}
          />
        ))
      )}
    </Panel>
  );
}

/** Every container that is not complete, with the reason; many with the same one in one line. */
function Incomplete({ connections }: { connections: Connection[] }) {
  const t = useWords();
  const queries = useIncompleteContainers(connections);
  const failed = queries.find(({ error }) => error);
  const lists = queries.flatMap(({ data }) => (data ? [data] : []));
  const shown = lists.flatMap(({ connection, page }) =>
    page.items.map(container => ({ connection, container })),
  );
  const more =
    lists.reduce((sum, { page }) => sum + atLeast(page.totalItems), 0) -
    shown.length;
  return (
    <>
      {failed?.error && (
        <PanelError error={failed.error} onRetry={failed.refetch} />
      )}
      {queries.some(({ isLoading }) => isLoading) && <Loading rows={2} />}
      {shown.length > 0 && (
        <ContainerTable
          label={t('connections.completeness.title')}
          groups={foldByReason(shown)}
          isNamed={connections.length > 1}
        />
      )}
      {shown.length === 0 && lists.length === queries.length && (
        <p className={styles.note}>{t('connections.completeness.nothing')}</p>
      )}
      {more > 0 && (
        <p className={styles.note}>
          {t('connections.completeness.more', {
            count: more,
            n: formatNumber(more),
          })}
        </p>
      )}
    </>
  );
}

/** Every container of one connection, page by page. */
function All({
  connection,
  isNamed,
}: {
  connection: Connection;
  isNamed: boolean;
}) {
  const t = useWords();
  const list = useContainers(connection);
  const items = list.data?.pages.flatMap(page => page.items) ?? [];
  return (
    <section aria-label={connection.title}>
      {isNamed && (
        <h3 className={styles.listTitle} dir="auto">
          {connection.title}
        </h3>
      )}
      {list.error && <PanelError error={list.error} onRetry={list.refetch} />}
      {list.isLoading && <Loading rows={3} />}
      {items.length > 0 && (
        <ContainerTable
          label={t('connections.completeness.of', { title: connection.title })}
          groups={items.map(container => [{ connection, container }])}
        />
      )}
      {list.data && items.length === 0 && (
        <p className={styles.note}>{t('connections.matrix.never')}</p>
      )}
      <More list={list} shown={items.length} />
    </section>
  );
}
