// SPDX-License-Identifier: Apache-2.0
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { type ColumnConfig, type SortDescriptor, Table } from '@backstage/ui';
import type {
  Account,
  Page,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useMemo } from 'react';
import { useEntityHref } from '../components/EntityLink';
import { formatNumber } from '../components/format';
import { atLeast, useTotalWords } from '../components/totals';
import { confluenceComplianceTranslationRef } from '../translation';
import styles from './accounts.module.css';
import {
  AccountCell,
  ClassCell,
  FindingsCell,
  GroupsCell,
  PersonCell,
  StatusCell,
} from './cells';
import { pageSizes, type useAccountsUrl } from './useAccountsUrl';

type AccountRow = Account & { id: string };

function useColumns(): ColumnConfig<AccountRow>[] {
  const { t } = useTranslationRef(confluenceComplianceTranslationRef);
  return useMemo(
    () => [
      {
        id: 'name',
        label: t('accounts.column.account'),
        isRowHeader: true,
        isSortable: true,
        defaultWidth: '3fr',
        cell: account => <AccountCell account={account} />,
      },
      {
        id: 'class',
        label: t('accounts.column.class'),
        isSortable: true,
        defaultWidth: '1fr',
        cell: account => <ClassCell account={account} />,
      },
      {
        id: 'status',
        label: t('accounts.column.status'),
        isSortable: true,
        defaultWidth: '1fr',
        cell: account => <StatusCell account={account} />,
      },
      {
        id: 'person',
        label: t('accounts.column.person'),
        defaultWidth: '2fr',
        cell: account => <PersonCell account={account} />,
      },
      {
        id: 'groups',
        label: t('accounts.column.groups'),
        defaultWidth: '0.7fr',
        cell: account => <GroupsCell account={account} />,
      },
      {
        id: 'findings',
        label: t('accounts.column.findings'),
        defaultWidth: '0.8fr',
        cell: account => <FindingsCell account={account} />,
      },
    ],
    [t],
  );
}

function toSort(sort = 'name'): SortDescriptor {
  return sort.startsWith('-')
    ? { column: sort.slice(1), direction: 'descending' }
    : { column: sort, direction: 'ascending' };
}

interface AccountsTableProps {
  data: Page<Account>;
  url: ReturnType<typeof useAccountsUrl>;
  /** The rows are of the page before while the next one loads. */
  isStale: boolean;
}

export function AccountsTable({ data, url, isStale }: AccountsTableProps) {
  const { t } = useTranslationRef(confluenceComplianceTranslationRef);
  const columns = useColumns();
  const entityHref = useEntityHref();
  const { nextCursor } = data.pageInfo;
  const { totalItems } = data;
  const pageSize = Number(url.query.limit);
  const offset = (url.page - 1) * pageSize;
  const rows = useMemo(
    () =>
      data.items.map(account => ({
        ...account,
        id: `${account.connection} ${account.accountId}`,
      })),
    [data.items],
  );
  const total = useTotalWords()(totalItems);

  return (
    <Table
      className={styles.table}
      columnConfig={columns}
      data={rows}
      isStale={isStale}
      sort={{
        descriptor: toSort(url.query.sort),
        onSortChange: ({ column, direction }) =>
          url.change({
            sort: `${direction === 'descending' ? '-' : ''}${String(column)}`,
          }),
      }}
      rowConfig={{ getHref: ({ entityRef }) => entityHref(entityRef) }}
      pagination={{
        type: 'page',
        pageSize,
        pageSizeOptions: pageSizes.map(value => ({
          value,
          label: t('common.page.size', { n: String(value) }),
        })),
        offset,
        totalCount: atLeast(totalItems),
        hasNextPage: nextCursor !== undefined && !isStale,
        hasPreviousPage: url.page > 1 && !isStale,
        onNextPage: () => nextCursor && url.next(nextCursor),
        onPreviousPage: url.previous,
        onPageSizeChange: size => url.change({ limit: String(size) }),
        getLabel: () =>
          t('common.page.range', {
            from: formatNumber(offset + 1),
            to: formatNumber(offset + rows.length),
            total,
          }),
      }}
    />
  );
}
