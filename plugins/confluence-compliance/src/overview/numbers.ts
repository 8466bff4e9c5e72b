// SPDX-License-Identifier: Apache-2.0
import {
  severitySchema,
  type Check,
  type Severity,
  type Trend,
  type TrendPoint,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { shownCounts, shownVerdict, unknownOf } from '../checks/words';
import type { ShownVerdict } from '../components/VerdictTag';

const DAY = 24 * 60 * 60 * 1000;

/** Most pressing first. */
export const worstFirst = severitySchema.options.toReversed();

export interface SeverityCounts {
  checks: number;
  fail: number;
  warning: number;
  unknown: number;
  /** What fails or warns and is excepted. */
  excepted: number;
}

/** What is open of each severity. */
export function bySeverity(checks: Check[]): Record<Severity, SeverityCounts> {
  const none = () => ({
    checks: 0,
    fail: 0,
    warning: 0,
    unknown: 0,
    excepted: 0,
  });
  const all = { critical: none(), high: none(), medium: none(), low: none() };
  for (const check of checks) {
    const sum = all[check.severity];
    const counts = shownCounts(check);
    sum.checks += 1;
    sum.fail += counts.fail;
    sum.warning += counts.warning;
    sum.unknown += unknownOf(check);
    sum.excepted += counts.excepted;
  }
  return all;
}

export const openOf = ({ fail, warning }: SeverityCounts): number =>
  fail + warning;

/** How many checks have each verdict. */
export function byVerdict(
  checks: Check[],
): Partial<Record<ShownVerdict, number>> {
  const counts: Partial<Record<ShownVerdict, number>> = {};
  for (const check of checks) {
    const verdict = shownVerdict(check);
    counts[verdict] = (counts[verdict] ?? 0) + 1;
  }
  return counts;
}

/** What was open at the end of a day and not excepted. */
export const openAt = (point: TrendPoint, severity: Severity): number =>
  point.open[severity] - (point.excepted?.[severity] ?? 0);

export const allExceptedAt = ({ excepted }: TrendPoint): number =>
  worstFirst.reduce((sum, severity) => sum + (excepted?.[severity] ?? 0), 0);

export const allOpenAt = (point: TrendPoint): number =>
  worstFirst.reduce((sum, severity) => sum + openAt(point, severity), 0);

/**
 * How many more of something are open than a week ago. Undefined where the trend counts
 * another number now than the checks do: then a change would be that of something else.
 */
export function changeOf(
  week: Week | undefined,
  open: number,
  at: (point: TrendPoint) => number,
): number | undefined {
  return week && at(week.now) === open ? open - at(week.before) : undefined;
}

export interface Week {
  before: TrendPoint;
  now: TrendPoint;
}

/** The newest point and the last one that is seven days older; undefined before there is one. */
export function lastWeek(trend: Trend | undefined): Week | undefined {
  const now = trend?.points.at(-1);
  if (!trend || !now) {
    return undefined;
  }
  const weekAgo = Date.parse(now.at) - 7 * DAY;
  const before = trend.points.findLast(({ at }) => Date.parse(at) <= weekAgo);
  return before && { before, now };
}
