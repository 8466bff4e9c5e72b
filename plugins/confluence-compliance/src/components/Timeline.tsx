// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import { Since } from '../details/Since';
import { useWords } from '../translation/useWords';
import { formatNumber } from './format';
import theme from './theme.module.css';
import styles from './timeline.module.css';

/** One thing that happened. */
export interface TimelineItem {
  id: string;
  title: ReactNode;
  /** What it happened to. */
  text?: ReactNode;
  /** ISO 8601. */
  when: string;
  revision: number;
  /** Stands out: somebody can do more, or less. */
  strong?: boolean;
}

/** What happened, newest first. */
export function Timeline({ items }: { items: TimelineItem[] }) {
  const t = useWords();
  return (
    <ol className={styles.timeline}>
      {items.map(({ id, title, text, when, revision, strong }) => (
        <li key={id} className={strong ? styles.strong : undefined}>
          <span className={styles.title}>{title}</span>{' '}
          {text && <span className={styles.text}>{text}</span>}{' '}
          <span className={`${theme.second} ${styles.when}`}>
            <Since
              time={when}
              note={t('timeline.revision', { n: formatNumber(revision) })}
            />
          </span>
        </li>
      ))}
    </ol>
  );
}
