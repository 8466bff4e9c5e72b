// SPDX-License-Identifier: Apache-2.0
import type { Check } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import styles from './checks.module.css';

/** How far the run of a check is, or that it failed; not there once it has published. */
export function RunProgress({ check }: { check: Check }) {
  const t = useWords();
  const { run } = check;
  if (!run || run.state === 'published') {
    return null;
  }
  if (run.state !== 'running') {
    return (
      <Panel label={t('checks.run.progress')}>
        <p role="status" className={theme.second}>
          {t(`checks.run.${run.state === 'failed' ? 'broke' : run.state}`)}
        </p>
      </Panel>
    );
  }
  const { judged = 0, expected } = run;
  const n = formatNumber(judged);
  // More may be there than before: the bar never runs over.
  const most = Math.max(expected ?? 0, judged, 1);
  return (
    <Panel label={t('checks.run.progress')}>
      <p className={`${theme.second} ${theme.number}`}>
        {expected === undefined
          ? t('checks.run.judged', { n })
          : t('checks.run.judgedOf', { n, total: formatNumber(expected) })}
      </p>
      {expected !== undefined && (
        <progress
          className={styles.progress}
          aria-label={t('checks.run.progress')}
          value={judged}
          max={most}
        />
      )}
    </Panel>
  );
}
