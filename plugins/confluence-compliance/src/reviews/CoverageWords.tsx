// SPDX-License-Identifier: Apache-2.0
import type { ReviewPreview } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import { useWords } from '../translation/useWords';

/** How much a review would look at, and in how many groups and spaces. */
export function CoverageWords({ preview }: { preview: ReviewPreview }) {
  const t = useWords();
  const { size, containers, revision } = preview;
  return (
    <>
      <strong>
        {t('reviews.preview.size', { count: size, n: formatNumber(size) })}
      </strong>{' '}
      {t('reviews.preview.containers', {
        count: containers,
        n: formatNumber(containers),
        revision: formatNumber(revision),
      })}
    </>
  );
}
