// SPDX-License-Identifier: Apache-2.0
import { Link } from 'react-router-dom';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import styles from './checks.module.css';

/** What to do about the findings of a check, in its own words. */
export function HowToFix({ steps }: { steps: string[] }) {
  const t = useWords();
  const connections = useLinks().connections();
  // The button that the steps name stands on another page.
  const isSynced = steps.some(step => /\bsync now\b/i.test(step));
  return (
    <Panel title={t('checks.fix')}>
      {steps.length === 0 && (
        <span className={theme.muted}>{t('checks.noFix')}</span>
      )}
      {steps.length > 0 && (
        <ol className={styles.fix}>
          {steps.map(step => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
      {isSynced && connections && (
        <p className={theme.second}>
          {t('checks.fixSync', {
            connections: (
              <Link to={connections} className={styles.named}>
                {t('connections.title')}
              </Link>
            ),
          })}
        </p>
      )}
    </Panel>
  );
}
