// SPDX-License-Identifier: Apache-2.0
import type { AccountGrant } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { usePrincipalName } from '../components/GrantPath';
import { useLevelWords } from '../components/words';
import { useKnownConnections } from '../queries';
import { useWords } from '../translation/useWords';
import { type CsvColumn, useCellWords } from './columns';
import { useCompleteness } from './useCompleteness';

type Granted = Pick<AccountGrant, 'role' | 'effective' | 'why'>;

/** Why a grant without a role may have one all the same; undefined where it has none. */
function useRolesUnread(connection: string): string | undefined {
  const t = useWords();
  const { unknown } = useCompleteness(['grants'], connection);
  const { data } = useKnownConnections();
  const unread = data?.items
    .find(({ id }) => id === connection)
    ?.datasets.some(
      ({ dataset, reasons }) =>
        dataset === 'grants' &&
        reasons.some(({ code }) => code === 'roles-unread'),
    );
  return unread ? t('csv.rolesUnread') : unknown;
}

/** By which role something is granted, and whether it comes to anything, in a file. */
export function useGrantedColumns(connection: string): CsvColumn<Granted>[] {
  const t = useWords();
  const { because, unknown } = useCellWords();
  const unread = useRolesUnread(connection);
  return [
    {
      name: t('csv.column.role'),
      value: ({ role }) => role ?? (unread ? unknown(unread) : t('csv.noRole')),
    },
    {
      name: t('csv.column.effective'),
      value: ({ effective, why }) => {
        switch (effective) {
          case 'yes':
            return t('csv.yes');
          case 'no':
            return because(t('csv.no'), why?.text);
          case 'perhaps':
            return because(t('csv.perhaps'), why?.text);
          default:
            return t('csv.accountsOnly');
        }
      },
    },
  ];
}

/** What somebody can do on which resource, in a file. */
export function useResourceGrantColumns(
  connection: string,
): CsvColumn<Omit<AccountGrant, 'path'>>[] {
  const t = useWords();
  const { orNone } = useCellWords();
  const levelWords = useLevelWords();
  const granted = useGrantedColumns(connection);
  return [
    {
      name: t('accounts.page.access.can'),
      value: ({ level, resource }) => levelWords(level, resource.kind),
    },
    ...granted,
    {
      name: t('accounts.page.access.on'),
      value: ({ resource }) => resource.title,
    },
    {
      name: t('csv.column.key'),
      value: ({ resource }) => orNone(resource.key),
    },
    { name: t('accounts.page.access.since'), value: grant => grant.since },
    {
      name: t('csv.column.operations'),
      value: ({ operations }) => orNone(operations.join(' ')),
    },
  ];
}

/** What an account can do, in a file. */
export function useAccountGrantColumns(
  connection: string,
): CsvColumn<AccountGrant>[] {
  const t = useWords();
  const principalName = usePrincipalName();
  return [
    ...useResourceGrantColumns(connection),
    {
      name: t('accounts.page.access.path'),
      value: ({ path }) =>
        path.map(principalName).join(' > ') || t('cards.direct'),
    },
  ];
}
