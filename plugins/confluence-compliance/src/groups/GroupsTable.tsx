// SPDX-License-Identifier: Apache-2.0
import { Cell, type ColumnConfig, Table } from '@backstage/ui';
import type {
  Group,
  Page,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useMemo } from 'react';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { useConnectionColumn } from '../lists/connections';
import list from '../lists/list.module.css';
import { useListTable } from '../lists/useListTable';
import type { ListUrl } from '../lists/useListUrl';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import { GroupEntity, ManagedBy, Usage } from './values';

type GroupRow = Group & { id: string };

function useColumns(): ColumnConfig<GroupRow>[] {
  const t = useWords();
  const connection = useConnectionColumn<GroupRow>();
  return useMemo(
    () => [
      {
        id: 'name',
        label: t('groups.column.group'),
        isRowHeader: true,
        isSortable: true,
        defaultWidth: '3fr',
        minWidth: 216,
        cell: ({ name, groupId }) => (
          <Cell>
            <span
              className={`${list.name} ${theme.cut}`}
              dir="auto"
              title={name}
            >
              {name}
            </span>
            <span className={`${theme.mono} ${theme.second}`}>{groupId}</span>
          </Cell>
        ),
      },
      {
        id: 'members',
        label: t('groups.column.members'),
        defaultWidth: '0.8fr',
        minWidth: 104,
        cell: ({ members }) => (
          <Cell>
            <span className={theme.number}>{formatNumber(members)}</span>
          </Cell>
        ),
      },
      {
        id: 'managedBy',
        label: t('groups.column.managedBy'),
        defaultWidth: '1.2fr',
        minWidth: 128,
        cell: group => (
          <Cell>
            <span className={theme.cut}>
              <ManagedBy group={group} />
            </span>
          </Cell>
        ),
      },
      {
        id: 'usage',
        label: t('groups.column.usage'),
        defaultWidth: '1fr',
        minWidth: 104,
        cell: group => (
          <Cell>
            <span className={theme.cut}>
              <Usage group={group} />
            </span>
          </Cell>
        ),
      },
      ...connection,
      {
        id: 'entity',
        label: t('groups.column.entity'),
        defaultWidth: '1.4fr',
        minWidth: 128,
        cell: group => (
          <Cell>
            <span className={theme.cut}>
              <GroupEntity group={group} />
            </span>
          </Cell>
        ),
      },
    ],
    [t, connection],
  );
}

interface GroupsTableProps {
  data: Page<Group>;
  url: ListUrl<{ sort: string; limit: number }>;
  /** The rows are of the page before while the next one loads. */
  isStale: boolean;
}

export function GroupsTable({ data, url, isStale }: GroupsTableProps) {
  const columns = useColumns();
  const links = useLinks();
  const table = useListTable(data, url, isStale);
  const rows = useMemo(
    () =>
      data.items.map(group => ({
        ...group,
        id: `${group.connection} ${group.groupId}`,
      })),
    [data.items],
  );
  return (
    <Table
      {...table}
      columnConfig={columns}
      data={rows}
      rowConfig={{ getHref: links.group }}
    />
  );
}
