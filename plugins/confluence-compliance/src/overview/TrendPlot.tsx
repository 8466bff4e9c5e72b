// SPDX-License-Identifier: Apache-2.0
import type {
  Severity,
  TrendPoint,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  Area,
  AreaChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatNumber } from '../components/format';
import { useWords } from '../translation/useWords';
import { dayTicks, formatDay, spread, ticksUpTo } from './days';
import { allOpenAt, openAt } from './numbers';
import styles from './overview.module.css';

const HEIGHT = 236;
const TOP = 8;
const AXIS = 26;
const LABEL = 16;

const fills: Record<Severity, string> = {
  critical: 'var(--cc-fail)',
  high: 'var(--cc-high)',
  medium: 'var(--cc-medium)',
  low: 'var(--cc-low)',
};

const tick = { fill: 'var(--cc-muted)', fontSize: 11 };

interface Row {
  at: number;
  open: Record<Severity, number>;
}

/** Stacked areas from low to critical, named at their right end. */
export function TrendPlot({
  points,
  severities,
}: {
  points: TrendPoint[];
  /** Most pressing first. */
  severities: Severity[];
}) {
  const t = useWords();
  const rows: Row[] = points.map(point => ({
    at: Date.parse(point.at),
    open: {
      critical: openAt(point, 'critical'),
      high: openAt(point, 'high'),
      medium: openAt(point, 'medium'),
      low: openAt(point, 'low'),
    },
  }));
  const ticks = ticksUpTo(Math.max(...points.map(allOpenAt)));
  const top = ticks.at(-1) ?? 1;
  const [first, last] = [points[0], points[points.length - 1]];
  return (
    <div className={styles.plotBox}>
      <div
        className={styles.plot}
        role="img"
        aria-label={`${t('overview.trend.label')}. ${t(
          'overview.trend.summary',
          {
            from: formatNumber(allOpenAt(first)),
            since: formatDay(rows[0].at),
            to: formatNumber(allOpenAt(last)),
          },
        )}`}
      >
        <ResponsiveContainer width="100%" height={HEIGHT}>
          <AreaChart
            data={rows}
            margin={{ top: TOP, right: 1, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--cc-line)" />
            <XAxis
              dataKey="at"
              type="number"
              scale="time"
              domain={['dataMin', 'dataMax']}
              ticks={dayTicks(rows.map(({ at }) => at))}
              tickFormatter={formatDay}
              height={AXIS}
              tick={tick}
              tickLine={false}
              axisLine={{ stroke: 'var(--cc-faint)' }}
            />
            <YAxis
              domain={[0, top]}
              ticks={ticks}
              tickFormatter={formatNumber}
              width={40}
              tick={tick}
              tickLine={false}
              axisLine={false}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: 'var(--cc-faint)' }}
              content={({ active, label }) => (
                <DayTip
                  row={active ? rows.find(({ at }) => at === label) : undefined}
                  severities={severities}
                />
              )}
            />
            {severities.toReversed().map(severity => (
              <Area
                key={severity}
                // Each value stood at the end of its day, so it belongs to the time before.
                type="stepBefore"
                dataKey={({ open }: Row) => open[severity]}
                stackId="open"
                fill={fills[severity]}
                fillOpacity={1}
                stroke="var(--bui-bg-neutral-1)"
                strokeWidth={0.75}
                activeDot={false}
                isAnimationActive={false}
              />
            ))}
          </AreaChart>
        </ResponsiveContainer>
      </div>
      <EndLabels
        open={rows[rows.length - 1].open}
        severities={severities}
        top={top}
      />
    </div>
  );
}

interface EndLabelsProps {
  open: Row['open'];
  severities: Severity[];
  /** The value at the upper edge of the plot. */
  top: number;
}

/** Names at the height of their area, instead of a legend. */
function EndLabels({ open, severities, top }: EndLabelsProps) {
  const t = useWords();
  const room = HEIGHT - TOP - AXIS;
  let above = severities.reduce((sum, severity) => sum + open[severity], 0);
  const middles = severities.map(severity => {
    const middle = above - open[severity] / 2;
    above -= open[severity];
    return TOP + room * (1 - middle / top) - LABEL / 2;
  });
  const tops = spread(middles, LABEL, HEIGHT - AXIS - LABEL / 2);
  return (
    <ul className={styles.endLabels}>
      {severities.map((severity, index) => (
        <li key={severity} style={{ top: tops[index] }}>
          <span
            className={styles.swatch}
            style={{ background: fills[severity] }}
            aria-hidden="true"
          />
          <b>{formatNumber(open[severity])}</b>{' '}
          {t(`common.severity.${severity}`)}
        </li>
      ))}
    </ul>
  );
}

function DayTip({ row, severities }: { row?: Row; severities: Severity[] }) {
  const t = useWords();
  if (!row) {
    return null;
  }
  return (
    <div className={styles.tip}>
      <strong>{formatDay(row.at)}</strong>
      {severities.map(severity => (
        <span key={severity}>
          <b>{formatNumber(row.open[severity])}</b>{' '}
          {t(`common.severity.${severity}`)}
        </span>
      ))}
    </div>
  );
}
