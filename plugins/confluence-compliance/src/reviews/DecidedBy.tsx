// SPDX-License-Identifier: Apache-2.0
import { BY_OVERDUE_RULE } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { EntityLink } from '../components/EntityLink';
import { useWords } from '../translation/useWords';

/** Who decided; or that nobody had when the review was due. */
export function DecidedBy({ by }: { by: string }) {
  const t = useWords();
  return by === BY_OVERDUE_RULE ? (
    <>{t('reviews.overdue.by')}</>
  ) : (
    <EntityLink entityRef={by} />
  );
}
