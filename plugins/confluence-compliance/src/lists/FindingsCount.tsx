// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/ui';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import styles from './list.module.css';

interface FindingsCountProps {
  count: number;
  /** Where they stand. */
  href?: string;
  /** The count and what they are about, for the ear. */
  label: string;
}

/** How many findings are open about an item of a list. */
export function FindingsCount({ count, href, label }: FindingsCountProps) {
  const t = useWords();
  const n = formatNumber(count);
  if (count === 0) {
    return <span className={theme.muted}>{t('directory.noFindings')}</span>;
  }
  return href ? (
    <Link href={href} className={styles.findings} aria-label={label}>
      {n}
    </Link>
  ) : (
    <span className={styles.findings}>{n}</span>
  );
}
