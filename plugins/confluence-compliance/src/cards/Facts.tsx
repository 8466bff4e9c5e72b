// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import styles from './cards.module.css';

interface FactsProps {
  items: { label: string; value: ReactNode }[];
}

/** A few facts side by side, as many as fit. */
export function Facts({ items }: FactsProps) {
  return (
    <dl className={styles.facts}>
      {items.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
