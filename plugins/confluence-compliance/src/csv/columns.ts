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
  return useMemo(() => {
    const because = (label: string, reason: string | undefined) =>
      t('common.unknownBecause', {
        label,
        reason: reason || t('common.unknownNoReason'),
      });
    return {
      because,
      unknown: (reason: string | undefined) =>
        because(t('common.unknown'), reason),
      yesNo: (value: boolean) => t(value ? 'csv.yes' : 'csv.no'),
      orNone: (value: string | undefined) => value || t('csv.none'),
    };
  }, [t]);
}
