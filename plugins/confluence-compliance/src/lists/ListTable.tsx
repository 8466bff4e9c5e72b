// SPDX-License-Identifier: Apache-2.0
import { type ColumnConfig, Table } from '@backstage/ui';
import type { Page } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useMemo } from 'react';
import { useListTable } from './useListTable';
import type { ListUrl } from './useListUrl';

/** What of a list is on screen. */
export interface ShownPage<T> {
  data: Page<T>;
  url: ListUrl<{ sort: string; limit: number }>;
  /** The rows are of the page before while the next one loads. */
  isStale: boolean;
}

interface ListTableProps<T> extends ShownPage<T> {
  columns: ColumnConfig<T & { id: string }>[];
  /** Tells the rows of one connection apart. */
  idOf(item: T): string;
  /** The page that a row leads to. */
  getHref(item: T): string | undefined;
}

/** A list of all connections as a table that the server sorts and pages. */
export function ListTable<T extends { connection: string }>({
  data,
  url,
  isStale,
  columns,
  idOf,
  getHref,
}: ListTableProps<T>) {
  const table = useListTable(data, url, isStale);
  const rows = useMemo(
    () =>
      data.items.map(item => ({
        ...item,
        id: `${item.connection} ${idOf(item)}`,
      })),
    [data.items, idOf],
  );
  return (
    <Table
      {...table}
      columnConfig={columns}
      data={rows}
      rowConfig={{ getHref }}
    />
  );
}
