// SPDX-License-Identifier: Apache-2.0
import type { ReviewCadence } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../../components/format';
import { useWords } from '../../translation/useWords';

/** How often a review is made, in words. */
export function useCadenceWords() {
  const t = useWords();
  return (cadence: ReviewCadence): string =>
    cadence === 'system'
      ? t('reviews.recurring.system')
      : t('reviews.recurring.every', {
          count: cadence.months,
          n: formatNumber(cadence.months),
        });
}
