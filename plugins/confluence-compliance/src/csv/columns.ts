// SPDX-License-Identifier: Apache-2.0
import { useMemo } from 'react';
import { useWords } from '../translation/useWords';

/** One column of a file. A cell is never empty: what is not known says so. */
export interface CsvColumn<T> {
  name: string;
  value(row: T): string | number;
}

/** Words of cells that the screen shows by a glyph, a tooltip or a chip. */
export function useCellWords() {
  const t = useWords();
  return useMemo(
    () => ({
      unknown: (reason: string | undefined) =>
        t('common.unknownBecause', {
          label: t('common.unknown'),
          reason: reason || t('common.unknownNoReason'),
        }),
      yesNo: (value: boolean) => t(value ? 'csv.yes' : 'csv.no'),
      orNone: (value: string | undefined) => value || t('csv.none'),
    }),
    [t],
  );
}
