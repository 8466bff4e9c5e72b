// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type {
  InfiniteData,
  UseInfiniteQueryResult,
} from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { PanelError } from '../components/ErrorState';
import { isForbidden } from '../components/errors';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import { atLeast, useTotalWords } from '../components/totals';
import styles from './details.module.css';
import { More } from './More';

interface ListPanelProps<T> {
  title: string;
  list: UseInfiniteQueryResult<InfiniteData<Page<T>>>;
  /** Says how many there are; `n` is the number in words. */
  count?(total: { count: number; n: string }): string;
  /** Says why there may be more than are listed. */
  maybeMore?: string;
  /** Says what it takes to see them, to whoever may not; without it that is an error. */
  forbidden?: string;
  /** A button that downloads all of them. */
  download?: ReactNode;
  /** Placeholder in the shape of what will come. */
  loading: { rows: number; height?: number };
  /** Stands where there are none. */
  nothing: ReactNode;
  children(items: T[]): ReactNode;
}

/** A list in a panel, page by page: how many, what went wrong, and the way to the rest. */
export function ListPanel<T>({
  title,
  list,
  count,
  maybeMore,
  forbidden,
  download,
  loading,
  nothing,
  children,
}: ListPanelProps<T>) {
  const words = useTotalWords();
  const { data, error, refetch, isPending } = list;
  const items = data?.pages.flatMap(page => page.items) ?? [];
  const total = data?.pages[0].totalItems ?? 0;
  const isRefused = forbidden && error && !data && isForbidden(error);
  return (
    <Panel
      flush
      title={title}
      actions={items.length > 0 && download}
      sub={
        items.length > 0 &&
        count && (
          <>
            {count({ count: atLeast(total), n: words(total) })}
            {maybeMore && <bdi className={styles.gap}>{maybeMore}</bdi>}
          </>
        )
      }
    >
      {isRefused && <p className={styles.note}>{forbidden}</p>}
      {error && !isRefused && (
        <PanelError error={error} onRetry={refetch} stale={!!data} />
      )}
      {isPending && <Loading {...loading} />}
      {data && items.length === 0 && nothing}
      {items.length > 0 && children(items)}
      <More list={list} shown={items.length} />
    </Panel>
  );
}
