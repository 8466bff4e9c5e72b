// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/ui';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import styles from './list.module.css';

interface FindingsCountProps {
  /** What is counted about one item. `judged` is absent where everything is judged. */
  of: {
    findings: number;
    excepted?: number;
    unknownVerdicts: number;
    judged?: boolean;
  };
  /** Where they stand. */
  href?: string;
  /** The count and what they are about, for the ear. */
  label: string;
}

/** How many findings are open about an item of a list, and quietly how much of it is unknown. */
export function FindingsCount({ of, href, label }: FindingsCountProps) {
  const t = useWords();
  const { findings, excepted = 0, unknownVerdicts, judged = true } = of;
  if (!judged) {
    return <span className={theme.muted}>{t('directory.notJudged')}</span>;
  }
  const n = formatNumber(findings);
  return (
    <>
      {findings === 0 && (
        <span className={theme.muted}>{t('directory.noFindings')}</span>
      )}
      {findings > 0 && href && (
        <Link href={href} className={styles.findings} aria-label={label}>
          {n}
        </Link>
      )}
      {findings > 0 && !href && <span className={styles.findings}>{n}</span>}
      {excepted > 0 && (
        <span className={theme.muted}>
          {' '}
          {t('exceptions.counted', { n: formatNumber(excepted) })}
        </span>
      )}
      {unknownVerdicts > 0 && (
        <span className={theme.muted}>
          {' '}
          {t('directory.unknownVerdicts', { n: formatNumber(unknownVerdicts) })}
        </span>
      )}
    </>
  );
}
