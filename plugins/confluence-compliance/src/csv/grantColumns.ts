// SPDX-License-Identifier: Apache-2.0
import type { AccountGrant } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { usePrincipalName } from '../components/GrantPath';
import { useLevelWords } from '../components/words';
import { useWords } from '../translation/useWords';
import { type CsvColumn, useCellWords } from './columns';

type Granted = Pick<AccountGrant, 'role' | 'effective' | 'why'>;

/** By which role something is granted, and whether it comes to anything, in a file. */
export function useGrantedColumns(): CsvColumn<Granted>[] {
  const t = useWords();
  const { because, orNone } = useCellWords();
  return [
    { name: t('csv.column.role'), value: ({ role }) => orNone(role) },
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
export function useResourceGrantColumns(): CsvColumn<
  Omit<AccountGrant, 'path'>
>[] {
  const t = useWords();
  const { orNone } = useCellWords();
  const levelWords = useLevelWords();
  const granted = useGrantedColumns();
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
export function useAccountGrantColumns(): CsvColumn<AccountGrant>[] {
  const t = useWords();
  const principalName = usePrincipalName();
  return [
    ...useResourceGrantColumns(),
    {
      name: t('accounts.page.access.path'),
      value: ({ path }) =>
        path.map(principalName).join(' > ') || t('cards.direct'),
    },
  ];
}
