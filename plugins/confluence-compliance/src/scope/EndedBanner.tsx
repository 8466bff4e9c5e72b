// SPDX-License-Identifier: Apache-2.0
import { RiStopCircleLine } from '@remixicon/react';
import { Banner } from '../components/Banner';
import { formatDate } from '../components/format';
import { isEnded } from '../connections/words';
import { useKnownConnections } from '../queries';
import { useWords } from '../translation/useWords';
import { useScope } from './useScope';

/** Says that a connection has ended, where what it read stands there as if it were of now. */
export function EndedBanner({ connection }: { connection?: string }) {
  const t = useWords();
  const { asOf } = useScope();
  const { data } = useKnownConnections();
  const ended = data?.items.find(
    item => item.id === connection && isEnded(item),
  );
  // With a date, the page already says that it is of the past.
  if (!ended || asOf) {
    return null;
  }
  return (
    <Banner
      tone="past"
      glyph={<RiStopCircleLine size={16} aria-hidden="true" />}
    >
      <strong>
        {ended.endedAt
          ? t('scope.ended', { date: formatDate(new Date(ended.endedAt)) })
          : t('scope.endedUnknown')}
      </strong>{' '}
      {t('scope.endedText')}
    </Banner>
  );
}
