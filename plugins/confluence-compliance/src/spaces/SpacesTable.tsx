// SPDX-License-Identifier: Apache-2.0
import type { ColumnConfig } from '@backstage/ui';
import type { Space } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useMemo } from 'react';
import { useConnectionColumn } from '../lists/connections';
import { ListTable, type ShownPage } from '../lists/ListTable';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import {
  EntityCell,
  FindingsCell,
  PagesCell,
  PrincipalsCell,
  SpaceCell,
  StatusCell,
  TypeCell,
} from './cells';

type SpaceRow = Space & { id: string };

function useColumns(): ColumnConfig<SpaceRow>[] {
  const t = useWords();
  const connection = useConnectionColumn<SpaceRow>();
  return useMemo(
    () => [
      {
        id: 'name',
        label: t('spaces.column.space'),
        isRowHeader: true,
        isSortable: true,
        defaultWidth: '3.2fr',
        minWidth: 216,
        cell: space => <SpaceCell space={space} />,
      },
      {
        id: 'type',
        label: t('spaces.column.type'),
        defaultWidth: '1.2fr',
        minWidth: 128,
        cell: space => <TypeCell space={space} />,
      },
      {
        id: 'status',
        label: t('spaces.column.status'),
        defaultWidth: '1fr',
        minWidth: 96,
        cell: space => <StatusCell space={space} />,
      },
      ...connection,
      {
        id: 'pages',
        label: t('spaces.column.pages'),
        defaultWidth: '0.8fr',
        minWidth: 84,
        cell: space => <PagesCell space={space} />,
      },
      {
        id: 'principals',
        label: t('spaces.column.principals'),
        defaultWidth: '1fr',
        minWidth: 104,
        cell: space => <PrincipalsCell space={space} />,
      },
      {
        id: 'findings',
        label: t('spaces.column.findings'),
        defaultWidth: '0.8fr',
        minWidth: 96,
        cell: space => <FindingsCell space={space} />,
      },
      {
        id: 'entity',
        label: t('spaces.column.entity'),
        defaultWidth: '1.4fr',
        minWidth: 120,
        cell: space => <EntityCell space={space} />,
      },
    ],
    [t, connection],
  );
}

const idOf = ({ spaceId }: Space) => spaceId;

export function SpacesTable(shown: ShownPage<Space>) {
  const columns = useColumns();
  const links = useLinks();
  return (
    <ListTable {...shown} columns={columns} idOf={idOf} getHref={links.space} />
  );
}
