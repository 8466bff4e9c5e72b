// SPDX-License-Identifier: Apache-2.0
import { EntityLink } from '../components/EntityLink';
import { useWords } from '../translation/useWords';

/** What stands in place of a person where the overdue rule of a review has decided. */
const OVERDUE_RULE = 'rule:overdue';

/** Who decided; or that nobody had when the review was due. */
export function DecidedBy({ by }: { by: string }) {
  const t = useWords();
  return by === OVERDUE_RULE ? (
    <>{t('reviews.overdue.by')}</>
  ) : (
    <EntityLink entityRef={by} />
  );
}
