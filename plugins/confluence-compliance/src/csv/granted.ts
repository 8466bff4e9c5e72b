// SPDX-License-Identifier: Apache-2.0
import type { AccountGrant } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
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
