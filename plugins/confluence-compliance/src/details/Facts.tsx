// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import styles from './details.module.css';

/** Names and values beside a page. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
}

/** One fact; what is not known says so in its value. */
export function Fact({
  name,
  children,
}: {
  name: string;
  children: ReactNode;
}) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
