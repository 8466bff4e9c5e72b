// SPDX-License-Identifier: Apache-2.0
import type { CSSProperties } from 'react';
import { Link } from 'react-router-dom';
import { useWords } from '../translation/useWords';
import { formatNumber } from './format';
import type { ShownVerdict } from './VerdictTag';
import styles from './verdict.module.css';

/** Worst first, as the bar is read. */
const order = [
  'fail',
  'warning',
  'unknown',
  'excepted',
  'pass',
  'not-applicable',
] as const;

const fills: Record<ShownVerdict, string> = {
  fail: styles.barFail,
  warning: styles.barWarning,
  unknown: styles.barUnknown,
  excepted: styles.barExcepted,
  pass: styles.barPass,
  'not-applicable': styles.barNone,
};

type Counts = Partial<Record<ShownVerdict, number>>;

interface VerdictBarProps {
  counts: Counts;
  /** Height in pixels. */
  height?: number;
}

interface BarStyle extends CSSProperties {
  '--bar-height': string;
}

function useParts(counts: Counts) {
  const t = useWords();
  return order.map(verdict => ({
    verdict,
    count: counts[verdict] ?? 0,
    word: t(`common.bars.${verdict}`),
  }));
}

/** Counts as lengths; the label says them in words. */
export function VerdictBar({ counts, height = 6 }: VerdictBarProps) {
  const t = useWords();
  const parts = useParts(counts).filter(({ count }) => count > 0);
  const style: BarStyle = { '--bar-height': `${height}px` };
  if (parts.length === 0) {
    return (
      <div
        className={styles.bar}
        style={style}
        role="img"
        aria-label={t('common.barEmpty')}
      >
        <span className={styles.barEmpty} style={{ flexGrow: 1 }} />
      </div>
    );
  }
  const label = parts
    .map(({ count, word }) => t('common.bar', { n: formatNumber(count), word }))
    .join(', ');
  return (
    <div className={styles.bar} style={style} role="img" aria-label={label}>
      {parts.map(({ verdict, count }) => (
        <span
          key={verdict}
          className={fills[verdict]}
          style={{ flexGrow: count }}
        />
      ))}
    </div>
  );
}

interface VerdictLegendProps {
  counts: Counts;
  /** Makes each word a link to what it counts. */
  getHref?: (verdict: ShownVerdict) => string | undefined;
  /** What all of them are, such as `of 29 checks`. */
  suffix?: string;
}

/** The same counts as words, one swatch each; that nothing is unknown is said too. */
export function VerdictLegend({ counts, getHref, suffix }: VerdictLegendProps) {
  const parts = useParts(counts);
  const isCounted = parts.some(({ count }) => count > 0);
  const shown = parts.filter(
    ({ verdict, count }) => count > 0 || (isCounted && verdict === 'unknown'),
  );
  if (shown.length === 0 && !suffix) {
    return null;
  }
  return (
    <ul className={styles.legend}>
      {shown.map(({ verdict, count, word }) => {
        const href = count > 0 ? getHref?.(verdict) : undefined;
        const words = (
          <span>
            <b>{formatNumber(count)}</b> {word}
          </span>
        );
        return (
          <li key={verdict}>
            <span
              className={`${styles.swatch} ${fills[verdict]}`}
              aria-hidden="true"
            />
            {href ? (
              <Link to={href} className={styles.legendLink}>
                {words}
              </Link>
            ) : (
              words
            )}
          </li>
        );
      })}
      {suffix && <li className={styles.legendSuffix}>{suffix}</li>}
    </ul>
  );
}
