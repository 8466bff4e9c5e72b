// SPDX-License-Identifier: Apache-2.0
import { Box } from '@backstage/ui';
import type { Check } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useId } from 'react';
import { Link } from 'react-router-dom';
import { floorPercent, formatNumber } from '../components/format';
import { SeverityMark } from '../components/SeverityMark';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { UnknownValue } from '../components/UnknownValue';
import { VerdictBar } from '../components/VerdictBar';
import { VerdictTag } from '../components/VerdictTag';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import { AttestButton } from './AttestButton';
import styles from './checks.module.css';
import {
  judged,
  open,
  population,
  shownCounts,
  shownVerdict,
  useUnknownReason,
  useVerdictLabel,
} from './words';

interface CheckCardProps {
  check: Check;
  /** Counts what is excepted as open. */
  asOpen?: boolean;
}

/** One check: a statement that should be true, its verdict, and how much was seen. */
export function CheckCard({ check, asOpen }: CheckCardProps) {
  const t = useWords();
  const id = useId();
  const href = useLinks().check(check.id);
  const verdictLabel = useVerdictLabel();
  const unknownReason = useUnknownReason();
  const why = unknownReason(check);
  const count = open(check, asOpen);
  const excepted = shownCounts(check, asOpen).excepted;
  const total = population(check);

  const state = () => {
    if (count > 0) {
      return t('checks.open', { count, n: formatNumber(count) });
    }
    return total > 0 && judged(check) > 0
      ? t('checks.nothingOpen')
      : t('checks.notJudged');
  };

  return (
    <Box as="article" bg="neutral" className={styles.card} aria-labelledby={id}>
      <div className={styles.row}>
        <SeverityMark severity={check.severity} />
        <VerdictTag
          verdict={shownVerdict(check, asOpen)}
          label={verdictLabel(check, asOpen)}
        />
      </div>
      <h3 id={id} className={styles.title}>
        <Link
          to={href ?? encodeURIComponent(check.id)}
          className={styles.link}
          dir="auto"
        >
          {check.title}
        </Link>
      </h3>
      {check.verdict === 'unknown' && (
        <p className={styles.why} dir="auto">
          {why}
        </p>
      )}
      <VerdictBar counts={shownCounts(check, asOpen)} />
      <div className={`${styles.row} ${theme.second} ${theme.number}`}>
        <span>
          {check.verdict === 'not-applicable' ? '' : state()}
          {excepted > 0 &&
            `, ${t('exceptions.counted', { n: formatNumber(excepted) })}`}
        </span>
        {total > 0 && <Seen check={check} total={total} />}
      </div>
      <AttestButton check={check} />
      {check.state === 'attestation' ||
      (check.verdict === 'unknown' && why === t('checks.neverRan')) ? null : (
        <span className={theme.second}>
          <LastRun check={check} />
        </span>
      )}
    </Box>
  );
}

function LastRun({ check }: { check: Check }) {
  const t = useWords();
  if (check.running) {
    return <>{t('checks.running')}</>;
  }
  return check.lastRunAt ? (
    <>{t('checks.ran', { when: <TimeAgo time={check.lastRunAt} /> })}</>
  ) : (
    <>{t('checks.neverRan')}</>
  );
}

function Seen({ check, total }: { check: Check; total: number }) {
  const t = useWords();
  const unknownReason = useUnknownReason();
  const percent = floorPercent(judged(check), total);
  const label = t('common.coverage.percent', { percent: String(percent) });
  return percent < 100 ? (
    <span className={styles.above}>
      <UnknownValue label={label} reason={unknownReason(check)} />
    </span>
  ) : (
    <span>{label}</span>
  );
}
