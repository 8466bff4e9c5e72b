// SPDX-License-Identifier: Apache-2.0
import type { SortDescriptor, TableProps } from '@backstage/ui';
import type { Page } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import { atLeast, useTotalWords } from '../components/totals';
import { useWords } from '../translation/useWords';
import { type ListUrl, pageSizes } from './useListUrl';

function toSort(sort: string): SortDescriptor {
  return sort.startsWith('-')
    ? { column: sort.slice(1), direction: 'descending' }
    : { column: sort, direction: 'ascending' };
}

type SharedProps = Required<
  Pick<TableProps<{ id: string }>, 'sort' | 'pagination' | 'isStale'>
>;

/** Order and pages of a table whose state stands in the URL and whose work the server does. */
export function useListTable(
  data: Page<unknown>,
  url: ListUrl<{ sort: string; limit: number }>,
  isStale: boolean,
): SharedProps {
  const t = useWords();
  const total = useTotalWords()(data.totalItems);
  const { nextCursor } = data.pageInfo;
  const { limit, sort } = url.query;
  const offset = (url.page - 1) * limit;
  return {
    isStale,
    sort: {
      descriptor: toSort(sort),
      onSortChange: ({ column, direction }) =>
        url.change({
          sort: `${direction === 'descending' ? '-' : ''}${String(column)}`,
        }),
    },
    pagination: {
      type: 'page',
      pageSize: limit,
      pageSizeOptions: pageSizes.map(value => ({
        value,
        label: t('common.page.size', { n: String(value) }),
      })),
      offset,
      totalCount: atLeast(data.totalItems),
      hasNextPage: nextCursor !== undefined && !isStale,
      hasPreviousPage: url.page > 1 && !isStale,
      onNextPage: () => nextCursor && url.next(nextCursor),
      onPreviousPage: url.previous,
      onPageSizeChange: size => url.change({ limit: String(size) }),
      getLabel: () =>
        t('common.page.range', {
          from: formatNumber(offset + 1),
          to: formatNumber(offset + data.items.length),
          total,
        }),
    },
  };
}
