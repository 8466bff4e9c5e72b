// SPDX-License-Identifier: Apache-2.0
import { userRefSchema } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { EntityPicker } from '../components/EntityPicker';
import { useWords } from '../translation/useWords';
import styles from './reviews.module.css';

/** A whole reference: `user:default/priya.raman`. */
export const isRef = (text: string) =>
  userRefSchema.safeParse(text.trim()).success;

/** The name in a reference, where no link can stand. */
export const nameOf = (ref: string) => ref.split('/').at(-1) ?? ref;

interface RefFieldProps {
  label: string;
  description?: string;
  value: string;
  /** What is wrong with it, besides that it is no reference. */
  error?: string;
  onChange: (value: string) => void;
}

const PEOPLE = ['User'] as const;

/** A person of the catalog by name, or by their reference; what is none says how one looks. */
export function RefField({
  label,
  description,
  value,
  error,
  onChange,
}: RefFieldProps) {
  const t = useWords();
  const isWrong = value.trim() !== '' && !isRef(value);
  return (
    <div className={styles.field}>
      <EntityPicker
        label={label}
        description={description}
        kinds={PEOPLE}
        value={value}
        error={isWrong ? t('reviews.create.refWrong') : error}
        onChange={onChange}
      />
    </div>
  );
}
