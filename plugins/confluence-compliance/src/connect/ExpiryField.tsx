// SPDX-License-Identifier: Apache-2.0
import { DatePicker } from '@backstage/ui';
import { type CalendarDate, parseDate } from '@internationalized/date';
import { useWords } from '../translation/useWords';

interface ExpiryFieldProps {
  /** A day such as `2027-06-30`, or nothing. */
  value: string;
  error?: string;
  onChange: (value: string) => void;
}

function dayOf(value: string): CalendarDate | null {
  try {
    return parseDate(value);
  } catch {
    return null;
  }
}

/** The last day of a secret, so that we can warn before it. */
export function ExpiryField({ value, error, onChange }: ExpiryFieldProps) {
  const t = useWords();
  return (
    <DatePicker
      size="medium"
      shouldForceLeadingZeros
      label={t('connect.credentials.expiresAt')}
      description={t('connect.credentials.expiresHint')}
      value={dayOf(value)}
      validationBehavior="aria"
      validate={() => error ?? null}
      onChange={day => onChange(day?.toString().slice(0, 10) ?? '')}
    />
  );
}
