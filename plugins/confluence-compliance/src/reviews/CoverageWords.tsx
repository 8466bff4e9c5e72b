// SPDX-License-Identifier: Apache-2.0
import type { ReviewPreview } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import { useWords } from '../translation/useWords';

/** How many rows a review would have, about how many people, and in how many groups and spaces. */
export function CoverageWords({ preview }: { preview: ReviewPreview }) {
  const t = useWords();
  const { size, people, containers, revision } = preview;
  return (
    <>
      <strong>
        {t('reviews.preview.size', { count: size, n: formatNumber(size) })}
      </strong>{' '}
      {people > 0 &&
        t('reviews.preview.people', {
          count: people,
          n: formatNumber(people),
        })}{' '}
      {t('reviews.preview.containers', {
        count: containers,
        n: formatNumber(containers),
        revision: formatNumber(revision),
      })}
    </>
  );
}
