// SPDX-License-Identifier: Apache-2.0
import type {
  Space,
  SpaceGrant,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { usePrincipalName } from '../components/GrantPath';
import { useLevelWords } from '../components/words';
import { type CsvColumn, useCellWords } from '../csv/columns';
import { useGrantedColumns } from '../csv/grantColumns';
import { useConnectionTitle } from '../lists/connections';
import { useWords } from '../translation/useWords';
import { useMembers } from './useMembers';
import { useSpaceWords } from './words';

/** Spaces in a file, with what the list shows of them. */
export function useSpaceColumns(): CsvColumn<Space>[] {
  const t = useWords();
  const { unknown, yesNo } = useCellWords();
  const words = useSpaceWords();
  const connectionTitle = useConnectionTitle();
  const unread = unknown(t('spaces.unread'));
  return [
    { name: t('spaces.column.space'), value: ({ name }) => name },
    { name: t('csv.column.key'), value: ({ key }) => key },
    { name: t('spaces.column.type'), value: ({ type }) => words.type(type) },
    {
      name: t('spaces.column.status'),
      value: ({ status }) => words.status(status),
    },
    {
      name: t('directory.column.connection'),
      value: ({ connection }) => connectionTitle(connection),
    },
    { name: t('spaces.column.pages'), value: ({ pages }) => pages },
    {
      name: t('spaces.column.principals'),
      value: ({ principals }) => principals ?? unread,
    },
    {
      name: t('spaces.open'),
      value: ({ anonymous }) =>
        anonymous === undefined ? unread : yesNo(anonymous),
    },
    { name: t('spaces.critical'), value: ({ critical }) => yesNo(critical) },
    {
      name: t('spaces.column.findings'),
      value: ({ judged, findings }) =>
        judged ? findings : t('directory.notJudged'),
    },
    {
      name: t('csv.column.excepted'),
      value: ({ judged, excepted = 0 }) =>
        judged ? excepted : t('directory.notJudged'),
    },
    {
      name: t('csv.column.unknownVerdicts'),
      value: ({ judged, unknownVerdicts }) =>
        judged ? unknownVerdicts : t('directory.notJudged'),
    },
    {
      name: t('spaces.column.entity'),
      value: ({ entityRef }) => entityRef ?? t('spaces.noEntity'),
    },
  ];
}

/** Who can do what in a space, in a file. */
export function useSpaceGrantColumns(
  connection: string,
): CsvColumn<SpaceGrant>[] {
  const t = useWords();
  const { unknown, orNone } = useCellWords();
  const levelWords = useLevelWords();
  const granted = useGrantedColumns(connection);
  const principalName = usePrincipalName();
  const membersOf = useMembers();
  return [
    {
      name: t('spaces.page.access.who'),
      value: ({ principal }) => principalName(principal),
    },
    {
      name: t('csv.column.kind'),
      value: ({ principal }) => t(`csv.kind.${principal.kind}`),
    },
    { name: t('csv.column.id'), value: ({ principal }) => principal.id },
    {
      name: t('spaces.page.access.can'),
      value: ({ level }) => levelWords(level, 'space'),
    },
    ...granted,
    {
      name: t('spaces.page.access.accounts'),
      value: grant => {
        const { count, reason } = membersOf(grant);
        return count ?? unknown(reason);
      },
    },
    { name: t('spaces.page.access.since'), value: ({ since }) => since },
    {
      name: t('csv.column.operations'),
      value: ({ operations }) => orNone(operations.join(' ')),
    },
  ];
}
