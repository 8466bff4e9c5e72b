// SPDX-License-Identifier: Apache-2.0
import type { FindingException } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatDate } from '../components/format';
import { StateTag } from '../components/StateTag';
import { VerdictTag } from '../components/VerdictTag';
import { useWords } from '../translation/useWords';

/** The last moment at which an exception is live; a day that counts whole is named itself. */
export const lastOf = (until: string): Date =>
  new Date(new Date(until).getTime() - 1);

/** That a finding is excepted and until when, or that somebody asked for it. */
export function ExceptionTag({ exception }: { exception: FindingException }) {
  const t = useWords();
  return exception.status === 'live' ? (
    <VerdictTag
      verdict="excepted"
      label={t('exceptions.until', {
        date: formatDate(lastOf(exception.until), new Date()),
      })}
    />
  ) : (
    <StateTag tone="busy" label={t('exceptions.waiting')} />
  );
}
