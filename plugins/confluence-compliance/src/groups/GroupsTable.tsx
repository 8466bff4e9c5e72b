// SPDX-License-Identifier: Apache-2.0
import { Cell, type ColumnConfig } from '@backstage/ui';
import type { Group } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useMemo } from 'react';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { useConnectionColumn } from '../lists/connections';
import list from '../lists/list.module.css';
import { ListTable, type ShownPage } from '../lists/ListTable';
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

const idOf = ({ groupId }: Group) => groupId;

export function GroupsTable(shown: ShownPage<Group>) {
  const columns = useColumns();
  const links = useLinks();
  return (
    <ListTable {...shown} columns={columns} idOf={idOf} getHref={links.group} />
  );
}
