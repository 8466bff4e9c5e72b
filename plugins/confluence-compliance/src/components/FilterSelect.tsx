// SPDX-License-Identifier: Apache-2.0
import { Select } from '@backstage/ui';
import styles from './toolbar.module.css';

const ANY = 'any';

interface FilterSelectProps {
  label: string;
  /** Words for no filter, such as `Any status`. */
  anyLabel: string;
  options: { value: string; label: string }[];
  value?: string;
  onChange: (value?: string) => void;
}

/** One filter of a list; choosing the first entry takes it away. */
export function FilterSelect({
  label,
  anyLabel,
  options,
  value,
  onChange,
}: FilterSelectProps) {
  const foreign =
    value && !options.some(option => option.value === value)
      ? [{ value, label: value }]
      : [];
  return (
    <Select
      className={styles.filter}
      aria-label={label}
      options={[{ value: ANY, label: anyLabel }, ...options, ...foreign]}
      value={value ?? ANY}
      onChange={key =>
        onChange(key === ANY || key === null ? undefined : String(key))
      }
    />
  );
}
