// SPDX-License-Identifier: Apache-2.0
import { BY_OVERDUE_RULE } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { EntityLink } from '../components/EntityLink';
import { useWords } from '../translation/useWords';

interface DecidedByProps {
  by: string;
  /** The reviewer in whose place a delegate decided. */
  for?: string;
}

/** Who decided, and in whose place; or that nobody had when the review was due. */
export function DecidedBy({ by, for: reviewer }: DecidedByProps) {
  const t = useWords();
  if (by === BY_OVERDUE_RULE) {
    return <>{t('reviews.overdue.by')}</>;
  }
  return (
    <>
      <EntityLink entityRef={by} />
      {reviewer && (
        <>
          {' '}
          {t('reviews.details.for', {
            who: <EntityLink entityRef={reviewer} />,
          })}
        </>
      )}
    </>
  );
}
