// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type { Page } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiFilterOffLine } from '@remixicon/react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { EmptyState } from '../components/EmptyState';
import { ErrorState, PanelError } from '../components/ErrorState';
import { Loading } from '../components/Loading';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import { EndedBanner } from '../scope/EndedBanner';
import { ScopeBanner } from '../scope/ScopeBanner';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import styles from './list.module.css';
import type { ListUrl } from './useListUrl';

interface ListPageProps<T, Q> {
  title: string;
  /** What is listed, such as `accounts`. */
  what: string;
  permission: string;
  result: UseQueryResult<Page<T>>;
  url: ListUrl<Q>;
  /** The filters that are on, in words. */
  filters: string[];
  toolbar: ReactNode;
  /** Downloads what is shown. */
  csv: ReactNode;
  /** What was not read completely. */
  notes: ReactNode;
  /** How many there are, above the table. */
  count: (data: Page<T>) => ReactNode;
  table: (data: Page<T>, isStale: boolean) => ReactNode;
  empty: ReactNode;
  /** What stands below the table. */
  below?: ReactNode;
  /** Title and sentence for when filters hide everything. */
  filtered: { title: string; text: string };
}

/** The frame of a list that the server filters, sorts and pages, in each of its states. */
export function ListPage<T, Q extends { cursor?: string }>({
  title,
  what,
  permission,
  result,
  url,
  filters,
  toolbar,
  csv,
  notes,
  count,
  table,
  empty,
  below,
  filtered,
}: ListPageProps<T, Q>) {
  const t = useWords();
  const { connection } = useScope();
  const { data, error, refetch, isPlaceholderData, isPending } = result;
  const failed = error && (!data || isPlaceholderData);
  const isEmpty = data?.items.length === 0;
  const retry = () => {
    // A cursor can be too old to go on from: then the list starts again.
    if (url.query.cursor) {
      url.change({}, { replace: true });
    } else {
      refetch();
    }
  };
  return (
    <PageFrame title={title}>
      <ScopeBanner follows revision={data?.revision} error={error} />
      <EndedBanner connection={connection} />
      {!((failed || isEmpty) && filters.length === 0) && (
        <div className={styles.bar}>
          {toolbar}
          {data && !failed && !isEmpty && csv}
        </div>
      )}
      {failed && (
        <ErrorState
          error={error}
          what={what}
          permission={permission}
          onRetry={retry}
        />
      )}
      {error && !failed && <PanelError error={error} onRetry={refetch} stale />}
      {isPending && (
        <Panel label={title} flush>
          <Loading rows={10} height={28} />
        </Panel>
      )}
      {data && !failed && (
        <>
          {notes}
          {!isEmpty && <div className={styles.count}>{count(data)}</div>}
          <Panel label={title} flush>
            {!isEmpty && (
              <div className={styles.table}>
                {table(data, isPlaceholderData)}
              </div>
            )}
            {isEmpty && filters.length === 0 && empty}
            {isEmpty && filters.length > 0 && (
              <EmptyState
                icon={<RiFilterOffLine />}
                title={filtered.title}
                text={<bdi>{filtered.text}</bdi>}
                actions={
                  <Button variant="secondary" onPress={url.clear}>
                    {t('common.clearFilters')}
                  </Button>
                }
              />
            )}
          </Panel>
          {below}
        </>
      )}
    </PageFrame>
  );
}
