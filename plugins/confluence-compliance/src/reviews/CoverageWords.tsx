// SPDX-License-Identifier: Apache-2.0
import type { ReviewPreview } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import { useWords } from '../translation/useWords';

/** How many rows a review would have, about how many people, and in how many groups and spaces. */
export function CoverageWords({ preview }: { preview: ReviewPreview }) {
  const t = useWords();
  const counted = (what: 'size' | 'people' | 'containers') =>
    t(`reviews.preview.${what}`, {
      count: preview[what],
      n: formatNumber(preview[what]),
    });
  const values = {
    rows: <strong>{counted('size')}</strong>,
    containers: counted('containers'),
    revision: formatNumber(preview.revision),
  };
  return preview.people > 0
    ? t('reviews.preview.summary', { ...values, people: counted('people') })
    : t('reviews.preview.summaryWithoutPeople', values);
}
