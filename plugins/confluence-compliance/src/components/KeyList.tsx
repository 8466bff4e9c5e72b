// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import styles from './keys.module.css';
import theme from './theme.module.css';

interface KeyListProps {
  label: string;
  /** Names of keys that are pressed for something, and what for. */
  keys: ReadonlyArray<{ names: readonly string[]; does: string }>;
}

/** One key, as it is called. */
export function Key({ children }: { children: ReactNode }) {
  return <kbd className={styles.key}>{children}</kbd>;
}

/** Keys and what they do. */
export function KeyList({ label, keys }: KeyListProps) {
  return (
    <dl className={styles.keys} aria-label={label}>
      {keys.map(({ names, does }) => (
        <div key={does}>
          <dt>
            {names.map(name => (
              <Key key={name}>{name}</Key>
            ))}
          </dt>
          <dd className={theme.second}>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
