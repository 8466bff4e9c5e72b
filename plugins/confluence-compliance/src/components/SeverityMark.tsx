// SPDX-License-Identifier: Apache-2.0
import { VisuallyHidden } from '@backstage/ui';
import type { Severity } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useWords } from '../translation/useWords';
import styles from './verdict.module.css';

const bars = { critical: 3, high: 3, medium: 2, low: 1 };

interface SeverityMarkProps {
  severity: Severity;
  /** The word is read out, but not shown. */
  hideLabel?: boolean;
}

/** Severity is a shape: a red square for critical, else one to three bars. */
export function SeverityMark({ severity, hideLabel }: SeverityMarkProps) {
  const t = useWords();
  const word = t(`common.severity.${severity}`);
  return (
    <span className={styles.severity}>
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        {severity === 'critical' ? (
          <>
            <rect className={styles.critical} width="14" height="14" rx="3" />
            <rect
              className={styles.criticalMark}
              x="6.2"
              y="3"
              width="1.6"
              height="5"
            />
            <rect
              className={styles.criticalMark}
              x="6.2"
              y="9.4"
              width="1.6"
              height="1.6"
            />
          </>
        ) : (
          [0, 1, 2].map(bar => (
            <rect
              key={bar}
              className={bar < bars[severity] ? styles.barOn : styles.barOff}
              x={0.5 + bar * 4.7}
              y={9 - bar * 3.5}
              width="3.4"
              height={4.5 + bar * 3.5}
              rx="0.6"
            />
          ))
        )}
      </svg>
      {hideLabel ? <VisuallyHidden>{word}</VisuallyHidden> : word}
    </span>
  );
}
