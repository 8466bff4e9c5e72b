// SPDX-License-Identifier: Apache-2.0
import type {
  Severity,
  TrendPoint,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import { scrollRegion } from '../components/scrollRegion';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import { formatDay } from './days';
import { allExceptedAt, allOpenAt, openAt } from './numbers';
import styles from './overview.module.css';

/** The numbers of the plot, newest day first, and the unknown verdicts beside them. */
export function TrendTable({
  points,
  severities,
}: {
  points: TrendPoint[];
  severities: Severity[];
}) {
  const t = useWords();
  // Of one severity, its numbers are those of all that is open.
  const columns = severities.length > 1 ? severities : [];
  const newest = points.length - 1;
  return (
    <div
      className={`${theme.scroll} ${styles.trendTable}`}
      aria-label={t('overview.trend.label')}
      {...scrollRegion}
    >
      <table className={`${theme.table} ${theme.number}`}>
        <thead>
          <tr>
            <th scope="col">{t('overview.trend.day')}</th>
            {columns.map(severity => (
              <th key={severity} scope="col" className={styles.right}>
                {t(`common.severity.${severity}`)}
              </th>
            ))}
            <th scope="col" className={styles.right}>
              {t('overview.trend.total')}
            </th>
            <th scope="col" className={styles.right}>
              {t('common.verdict.excepted')}
            </th>
            <th scope="col" className={styles.right}>
              {t('common.unknown')}
            </th>
          </tr>
        </thead>
        <tbody>
          {points
            .map((point, index) => (
              <tr key={point.at}>
                <th scope="row">
                  <time dateTime={point.at}>
                    {index === newest
                      ? t('overview.trend.now')
                      : formatDay(Date.parse(point.at))}
                  </time>
                </th>
                {columns.map(severity => (
                  <td key={severity} className={styles.right}>
                    {formatNumber(openAt(point, severity))}
                  </td>
                ))}
                <td className={styles.right}>
                  <b>{formatNumber(allOpenAt(point))}</b>
                </td>
                <td className={styles.right}>
                  {formatNumber(allExceptedAt(point))}
                </td>
                <td className={styles.right}>{formatNumber(point.unknown)}</td>
              </tr>
            ))
            .toReversed()}
        </tbody>
      </table>
    </div>
  );
}
