// SPDX-License-Identifier: Apache-2.0
import type { TotalItems } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useWords } from '../translation/useWords';
import { formatNumber } from './format';

/** How many items a list has, or has at least. */
export function atLeast(total: TotalItems): number {
  return typeof total === 'number' ? total : total.atLeast;
}

/** How many items two lists have together. */
export function plus(one: TotalItems, other: TotalItems): TotalItems {
  const sum = atLeast(one) + atLeast(other);
  return typeof one === 'number' && typeof other === 'number'
    ? sum
    : { atLeast: sum };
}

/** How many items a list has, in words; of a long one only a lower bound is known. */
export function useTotalWords() {
  const t = useWords();
  return (total: TotalItems): string => {
    const n = formatNumber(atLeast(total));
    return typeof total === 'number' ? n : t('common.page.atLeast', { n });
  };
}
