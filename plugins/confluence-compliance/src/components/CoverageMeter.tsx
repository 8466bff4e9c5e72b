// SPDX-License-Identifier: Apache-2.0
import { useWords } from '../translation/useWords';
import { floorPercent, formatNumber } from './format';
import { UnknownValue } from './UnknownValue';
import styles from './verdict.module.css';

interface CoverageMeterProps {
  seen: number;
  total: number;
  /** Why not everything was seen. */
  reason?: string;
}

/** How much of the population could be judged. */
export function CoverageMeter({ seen, total, reason }: CoverageMeterProps) {
  const t = useWords();
  const percent = floorPercent(seen, total);
  const label = t('common.coverage.label', {
    seen: formatNumber(seen),
    total: formatNumber(total),
    percent: String(percent),
  });
  return (
    <span className={styles.meter}>
      <span className={styles.meterTrack} role="img" aria-label={label}>
        <span className={styles.meterFill} style={{ width: `${percent}%` }} />
      </span>
      {percent < 100 ? (
        <UnknownValue reason={reason} label={`${percent} %`} />
      ) : (
        <span aria-hidden="true">{percent} %</span>
      )}
    </span>
  );
}
