// SPDX-License-Identifier: Apache-2.0
import type { RemediatedItem } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { type ReactNode, useId } from 'react';
import theme from '../components/theme.module.css';
import styles from './removing.module.css';
import { useRowWords } from './words';

interface RemovalLinesProps {
  title: string;
  /** All that were asked about. */
  removals: RemediatedItem[];
  /** What is said of some of them, by their ids. */
  lines: { item: string; tag?: ReactNode; text?: ReactNode }[];
}

/** Removals, and what would become or became of each. */
export function RemovalLines({ title, removals, lines }: RemovalLinesProps) {
  const id = useId();
  const words = useRowWords();
  const known = new Map(removals.map(({ item }) => [item.id, item]));
  return (
    <section className={styles.lines}>
      <h3 id={id}>{title}</h3>
      <ul aria-labelledby={id}>
        {lines.map(({ item, tag, text }) => {
          const row = known.get(item);
          return (
            <li key={item}>
              <span className={styles.who}>
                <bdi>{row ? words(row) : item}</bdi>
                {tag}
              </span>
              {text && (
                <span className={theme.second} dir="auto">
                  {text}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
