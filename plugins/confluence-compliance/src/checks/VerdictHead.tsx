// SPDX-License-Identifier: Apache-2.0
import type { Check } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { CoverageMeter } from '../components/CoverageMeter';
import { formatNumber } from '../components/format';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { VerdictBar, VerdictLegend } from '../components/VerdictBar';
import { VerdictTag } from '../components/VerdictTag';
import { useWords } from '../translation/useWords';
import styles from './checks.module.css';
import {
  judged,
  population,
  shownCounts,
  shownVerdict,
  useUnknownReason,
  useVerdictLabel,
} from './words';

/** The verdict as figure, bar, counts and coverage; an unknown one with its reason. */
export function VerdictHead({ check }: { check: Check }) {
  const t = useWords();
  const verdictLabel = useVerdictLabel();
  const unknownReason = useUnknownReason();
  const total = population(check);
  const unseen = check.verdict === 'unknown' || check.counts.unknown > 0;
  return (
    <Panel label={t('checks.head.verdict')}>
      <div className={styles.verdictHead}>
        <div>
          <span className={styles.figure}>
            {verdictLabel(check) ?? t(`common.verdict.${shownVerdict(check)}`)}
          </span>
          <span className={`${theme.second} ${theme.number}`}>
            {judged(check) > 0
              ? t('checks.head.of', { n: formatNumber(judged(check)) })
              : check.lastRunAt && t('checks.notJudged')}
          </span>
        </div>
        <div className={styles.bars}>
          <VerdictBar counts={shownCounts(check)} height={12} />
          <VerdictLegend counts={shownCounts(check)} />
        </div>
        {total > 0 && (
          <div>
            <span className={theme.second}>{t('checks.head.coverage')}</span>
            <br />
            <CoverageMeter
              seen={judged(check)}
              total={total}
              reason={unknownReason(check)}
            />
          </div>
        )}
      </div>
      {unseen && (
        <div className={styles.reason}>
          <VerdictTag verdict="unknown" />
          <p dir="auto">{unknownReason(check)}</p>
        </div>
      )}
    </Panel>
  );
}
