// SPDX-License-Identifier: Apache-2.0
import { Box } from '@backstage/ui';
import type {
  Check,
  Severity,
  Trend,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiArrowDownLine, RiArrowUpLine } from '@remixicon/react';
import { Link } from 'react-router-dom';
import { formatNumber } from '../components/format';
import { SeverityMark } from '../components/SeverityMark';
import theme from '../components/theme.module.css';
import { VerdictBar, VerdictLegend } from '../components/VerdictBar';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import {
  allOpenAt,
  bySeverity,
  byVerdict,
  changeOf,
  lastWeek,
  openAt,
  openOf,
  type SeverityCounts,
  worstFirst,
} from './numbers';
import styles from './overview.module.css';

interface PostureProps {
  checks: Check[];
  /** Absent where it is not read yet, or may not be. */
  trend?: Trend;
}

/** The sentence a person would say aloud, and the numbers that explain it. */
export function Posture({ checks, trend }: PostureProps) {
  const t = useWords();
  const links = useLinks();
  const severities = bySeverity(checks);
  const week = lastWeek(trend);
  return (
    <Box
      as="section"
      bg="neutral"
      className={styles.posture}
      aria-label={t('overview.posture.label')}
    >
      <div className={styles.lead}>
        <Lead checks={checks} trend={trend} />
        <VerdictBar counts={byVerdict(checks)} height={10} />
        <VerdictLegend
          counts={byVerdict(checks)}
          getHref={verdict => links.checks({ verdict })}
          suffix={t('overview.posture.ofChecks', {
            count: checks.length,
            n: formatNumber(checks.length),
          })}
        />
      </div>
      {worstFirst.map(severity => (
        <SeverityColumn
          key={severity}
          severity={severity}
          counts={severities[severity]}
          change={changeOf(week, openOf(severities[severity]), point =>
            openAt(point, severity),
          )}
          isFirstWeek={trend !== undefined && !week}
        />
      ))}
    </Box>
  );
}

function Lead({ checks, trend }: PostureProps) {
  const t = useWords();
  if (!checks.some(({ lastRunAt }) => lastRunAt)) {
    return (
      <div>
        <h2 className={styles.sentence}>{t('overview.posture.never')}</h2>
        <p className={styles.second}>{t('overview.posture.neverText')}</p>
      </div>
    );
  }
  const { critical, high, medium, low } = bySeverity(checks);
  const urgent = openOf(critical) + openOf(high);
  const open = urgent + openOf(medium) + openOf(low);
  const unknown = [critical, high, medium, low].reduce(
    (sum, counts) => sum + counts.unknown,
    0,
  );
  const whole = checks.filter(({ verdict }) => verdict === 'unknown').length;
  const blind = checks.some(
    ({ severity, verdict }) =>
      verdict === 'unknown' && (severity === 'critical' || severity === 'high'),
  );
  const sentence = () => {
    if (urgent > 0) {
      return t('overview.posture.urgent', {
        count: urgent,
        n: formatNumber(urgent),
      });
    }
    return blind
      ? t('overview.posture.noneKnown')
      : t('overview.posture.noneUrgent');
  };
  const change = changeOf(lastWeek(trend), open, allOpenAt);
  const changeWords = () => {
    if (change === undefined) {
      return '';
    }
    const n = formatNumber(Math.abs(change));
    if (change === 0) {
      return t('overview.posture.same');
    }
    return change > 0
      ? t('overview.posture.more', { n })
      : t('overview.posture.fewer', { n });
  };
  return (
    <div>
      <h2 className={styles.sentence}>{sentence()}</h2>
      <p className={styles.second}>
        {t('overview.posture.open', { count: open, n: formatNumber(open) })}
        {changeWords()}.{' '}
        {unknown > 0 &&
          t(`overview.posture.${open > 0 ? 'unknown' : 'onlyUnknown'}`, {
            count: unknown,
            n: formatNumber(unknown),
          })}{' '}
        {whole > 0 &&
          t('overview.posture.whole', {
            count: whole,
            n: formatNumber(whole),
          })}
      </p>
    </div>
  );
}

interface SeverityColumnProps {
  severity: Severity;
  counts: SeverityCounts;
  /** Against seven days ago; absent where it is not known. */
  change?: number;
  /** There is nothing yet to compare with. */
  isFirstWeek: boolean;
}

function SeverityColumn({
  severity,
  counts,
  change,
  isFirstWeek,
}: SeverityColumnProps) {
  const t = useWords();
  const href = useLinks().checks({ severity });
  const n = formatNumber(openOf(counts));
  return (
    <div className={styles.severity}>
      <SeverityMark severity={severity} />
      <span className={styles.figure}>
        {href && counts.checks > 0 ? (
          <Link
            to={href}
            aria-label={t('overview.posture.showSeverity', {
              severity: t(`common.severity.${severity}`),
              n,
            })}
          >
            {n}
          </Link>
        ) : (
          n
        )}
      </span>
      <span className={`${theme.second} ${styles.changeLine}`}>
        {change !== undefined && <Change change={change} />}
        {isFirstWeek && t('overview.posture.weekNone')}
      </span>
      <span className={theme.second}>
        {counts.checks > 0
          ? t('overview.posture.split', {
              fail: formatNumber(counts.fail),
              warning: formatNumber(counts.warning),
            })
          : t('overview.posture.noCheck')}
      </span>
      {counts.excepted > 0 && (
        <span className={theme.second}>
          {t('exceptions.counted', { n: formatNumber(counts.excepted) })}
        </span>
      )}
      {counts.unknown > 0 && (
        <span className={theme.second}>
          {t('overview.posture.unknownHere', {
            n: formatNumber(counts.unknown),
          })}
        </span>
      )}
    </div>
  );
}

function Change({ change }: { change: number }) {
  const t = useWords();
  if (change === 0) {
    return <>{t('overview.posture.weekSame')}</>;
  }
  const n = formatNumber(Math.abs(change));
  const Glyph = change > 0 ? RiArrowUpLine : RiArrowDownLine;
  return (
    <span className={styles.change}>
      <Glyph size={12} aria-hidden="true" />
      {change > 0
        ? t('overview.posture.weekMore', { n })
        : t('overview.posture.weekFewer', { n })}
    </span>
  );
}
