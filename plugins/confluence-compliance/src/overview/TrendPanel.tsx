// SPDX-License-Identifier: Apache-2.0
import type {
  Severity,
  Trend,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiLineChartLine } from '@remixicon/react';
import type { UseQueryResult } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { EmptyState } from '../components/EmptyState';
import { PanelError } from '../components/ErrorState';
import { formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import { PlotOrTable } from '../components/PlotOrTable';
import { useWords } from '../translation/useWords';
import { allOpenAt, worstFirst } from './numbers';
import styles from './overview.module.css';
import { TrendTable } from './TrendTable';

// The plot's library is large, and nobody needs it who looks at the table.
const TrendPlot = lazy(() =>
  import('./TrendPlot').then(m => ({ default: m.TrendPlot })),
);

const TREND_DAYS = 90;

interface TrendPanelProps {
  result: UseQueryResult<Trend>;
  /** Those that its findings can have, most pressing first. Default all. */
  severities?: Severity[];
}

/** Open findings of the last days; the same numbers as a plot and as a table. */
export function TrendPanel({
  result,
  severities = worstFirst,
}: TrendPanelProps) {
  const t = useWords();
  const { data, error, refetch } = result;
  const points = data?.points ?? [];
  const title = t('overview.trend.title');
  const sub = t('overview.trend.sub', { n: formatNumber(TREND_DAYS) });
  if (points.length > 1) {
    return (
      <PlotOrTable
        title={title}
        sub={sub}
        plot={
          <Suspense fallback={<div className={styles.plotBox} aria-busy />}>
            <TrendPlot points={points} severities={severities} />
          </Suspense>
        }
        table={<TrendTable points={points} severities={severities} />}
      />
    );
  }
  return (
    <Panel flush title={title} sub={data ? undefined : sub}>
      {error && !data && (
        <div className={styles.inset}>
          <PanelError error={error} onRetry={refetch} />
        </div>
      )}
      {!error && !data && <Loading rows={7} />}
      {data && (
        <EmptyState
          icon={<RiLineChartLine />}
          title={
            points.length === 1
              ? t('overview.trend.few')
              : t('overview.trend.none')
          }
          text={
            points.length === 1
              ? t('overview.trend.fewText', {
                  n: formatNumber(1),
                  open: formatNumber(allOpenAt(points[0])),
                })
              : t('overview.trend.noneText')
          }
        />
      )}
    </Panel>
  );
}
