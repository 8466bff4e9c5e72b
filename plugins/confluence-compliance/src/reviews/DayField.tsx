// SPDX-License-Identifier: Apache-2.0
import { DatePicker } from '@backstage/ui';
import { parseDate } from '@internationalized/date';
import styles from './reviews.module.css';

interface DayFieldProps {
  label: string;
  /** Where a heading beside it says the label already. */
  hideLabel?: boolean;
  description?: string;
  /** Such as `2026-11-29`; empty for none. */
  value: string;
  onChange: (day: string) => void;
}

/** Chooses a day. */
export function DayField({
  label,
  hideLabel,
  description,
  value,
  onChange,
}: DayFieldProps) {
  return (
    <div className={styles.field}>
      <DatePicker
        size="medium"
        shouldForceLeadingZeros
        {...(hideLabel ? { 'aria-label': label } : { label })}
        description={description}
        value={value ? parseDate(value) : null}
        onChange={day => onChange(day?.toString().slice(0, 10) ?? '')}
      />
    </div>
  );
}
