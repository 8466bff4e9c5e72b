// SPDX-License-Identifier: Apache-2.0
import type { ControlStand } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { type CsvColumn, useCellWords } from '../csv/columns';
import { useWords } from '../translation/useWords';
import { notRunOf, useControlWords } from './words';

/** Controls in a file, with what the page shows of them. */
export function useControlColumns(): CsvColumn<ControlStand>[] {
  const t = useWords();
  const { because, orNone } = useCellWords();
  const words = useControlWords();
  const count = (
    name: string,
    key: keyof ControlStand['counts'],
  ): CsvColumn<ControlStand> => ({ name, value: ({ counts }) => counts[key] });
  return [
    { name: t('controls.column.framework'), value: row => row.framework },
    { name: t('controls.column.control'), value: row => row.control },
    { name: t('controls.column.title'), value: row => orNone(row.title) },
    {
      name: t('controls.column.review'),
      value: ({ reviewed }) =>
        t(reviewed ? 'controls.reviewed' : 'controls.proposed'),
    },
    {
      name: t('controls.column.verdict'),
      value: row => {
        const word = t(`common.verdict.${row.verdict}`);
        return row.verdict === 'unknown' ? because(word, words.why(row)) : word;
      },
    },
    count(t('common.verdict.pass'), 'pass'),
    count(t('common.verdict.fail'), 'fail'),
    count(t('common.verdict.warning'), 'warning'),
    count(t('common.verdict.unknown'), 'unknown'),
    count(t('common.verdict.not-applicable'), 'not-applicable'),
    {
      name: t('controls.column.waiting'),
      value: row => notRunOf(row).waiting,
    },
    { name: t('controls.column.later'), value: row => notRunOf(row).later },
    { name: t('controls.column.findings'), value: row => row.findings },
    { name: t('csv.column.excepted'), value: row => row.excepted ?? 0 },
    {
      name: t('controls.column.checks'),
      value: ({ checks }) =>
        checks
          .map(({ id, verdict }) => `${id}: ${t(`common.verdict.${verdict}`)}`)
          .join('; '),
    },
  ];
}
