// SPDX-License-Identifier: Apache-2.0
import type { ColumnConfig } from '@backstage/ui';
import type { Account } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useMemo } from 'react';
import { useConnectionColumn } from '../lists/connections';
import { ListTable, type ShownPage } from '../lists/ListTable';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import {
  AccountCell,
  ClassCell,
  FindingsCell,
  GroupsCell,
  LastActiveCell,
  MfaCell,
  PersonCell,
  StatusCell,
} from './cells';

type AccountRow = Account & { id: string };

function useColumns(): ColumnConfig<AccountRow>[] {
  const t = useWords();
  const connection = useConnectionColumn<AccountRow>();
  return useMemo(
    () => [
      {
        id: 'name',
        label: t('accounts.column.account'),
        isRowHeader: true,
        isSortable: true,
        defaultWidth: '3fr',
        minWidth: 220,
        cell: account => <AccountCell account={account} />,
      },
      {
        id: 'class',
        label: t('accounts.column.class'),
        isSortable: true,
        defaultWidth: '0.8fr',
        minWidth: 92,
        cell: account => <ClassCell account={account} />,
      },
      {
        id: 'status',
        label: t('accounts.column.status'),
        isSortable: true,
        defaultWidth: '1fr',
        minWidth: 120,
        cell: account => <StatusCell account={account} />,
      },
      {
        id: 'mfa',
        label: t('accounts.column.mfa'),
        defaultWidth: '0.8fr',
        minWidth: 108,
        cell: account => <MfaCell account={account} />,
      },
      {
        id: 'lastActive',
        label: t('accounts.column.lastActive'),
        defaultWidth: '1fr',
        minWidth: 108,
        cell: account => <LastActiveCell account={account} />,
      },
      {
        id: 'person',
        label: t('accounts.column.person'),
        defaultWidth: '2fr',
        minWidth: 176,
        cell: account => <PersonCell account={account} />,
      },
      ...connection,
      {
        id: 'groups',
        label: t('accounts.column.groups'),
        defaultWidth: '0.7fr',
        minWidth: 84,
        cell: account => <GroupsCell account={account} />,
      },
      {
        id: 'findings',
        label: t('accounts.column.findings'),
        defaultWidth: '0.8fr',
        minWidth: 96,
        cell: account => <FindingsCell account={account} />,
      },
    ],
    [t, connection],
  );
}

const idOf = ({ accountId }: Account) => accountId;

export function AccountsTable(shown: ShownPage<Account>) {
  const columns = useColumns();
  const links = useLinks();
  return (
    <ListTable
      {...shown}
      columns={columns}
      idOf={idOf}
      getHref={links.account}
    />
  );
}
