// SPDX-License-Identifier: Apache-2.0
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import { CheckName } from './CheckNames';
import styles from './connect.module.css';

interface ChecksOfProps {
  /** The dataset or scope that they use. */
  name: string;
  /** Ids of the checks. */
  checks: string[];
  /** How many they are, in words. */
  label: string;
}

/** How many checks use something; opens to show which. */
export function ChecksOf({ name, checks, label }: ChecksOfProps) {
  const t = useWords();
  if (checks.length === 0) {
    return <span className={theme.muted}>{label}</span>;
  }
  return (
    <details className={styles.checks}>
      <summary
        aria-label={`${label}. ${t('connect.test.checksOf', {
          dataset: name,
        })}`}
      >
        {label}
      </summary>
      <ul>
        {checks.map(id => (
          <li key={id}>
            <CheckName id={id} />
          </li>
        ))}
      </ul>
    </details>
  );
}
