// SPDX-License-Identifier: Apache-2.0
import type { AccountFact } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatDate } from '../components/format';
import { UnknownValue } from '../components/UnknownValue';
import { useWords } from '../translation/useWords';

/** Says of a fact when it was last read, where it cannot be read now, and why it cannot. */
export function StaleMark({ fact: { stale } }: { fact: AccountFact }) {
  const t = useWords();
  if (!stale) {
    return null;
  }
  const { readAt, reason } = stale;
  const label = readAt
    ? t('accounts.stale.last', { date: formatDate(new Date(readAt)) })
    : t('accounts.stale.never');
  return (
    <>
      {' '}
      <UnknownValue
        label={label}
        reason={t('accounts.stale.why', { reason: reason.text })}
      />
    </>
  );
}
