// SPDX-License-Identifier: Apache-2.0
import type { Group } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { type CsvColumn, useCellWords } from '../csv/columns';
import { useConnectionTitle } from '../lists/connections';
import { useWords } from '../translation/useWords';
import { useGroupWords } from './words';

/** Groups in a file, with what the list shows of them. */
export function useGroupColumns(): CsvColumn<Group>[] {
  const t = useWords();
  const { unknown } = useCellWords();
  const words = useGroupWords();
  const connectionTitle = useConnectionTitle();
  return [
    { name: t('groups.column.group'), value: ({ name }) => name },
    { name: t('csv.column.groupId'), value: ({ groupId }) => groupId },
    { name: t('groups.column.members'), value: ({ members }) => members },
    {
      name: t('groups.column.managedBy'),
      value: ({ managedBy }) =>
        managedBy
          ? words.managedBy(managedBy)
          : unknown(t('groups.managedByUnknown')),
    },
    {
      name: t('groups.column.usage'),
      value: ({ usageType }) =>
        usageType ? words.usage(usageType) : unknown(t('groups.usageUnknown')),
    },
    {
      name: t('directory.column.connection'),
      value: ({ connection }) => connectionTitle(connection),
    },
    {
      name: t('groups.column.entity'),
      value: ({ entityRef }) => entityRef ?? t('groups.noEntity'),
    },
  ];
}
