// SPDX-License-Identifier: Apache-2.0
import type {
  Severity,
  TrendPoint,
  Verdict,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { DateTime } from 'luxon';
import { readClock } from '../clock';
import { rowsAt } from '../countsAt';
import type { Revision } from '../words';
import { findingVerdicts, openVerdicts } from './findings';

export interface TrendOptions {
  connections: string[];
  /** How many points there are at most; the last one is now. */
  days: number;
  now: Date;
  /** Checks that count, with their severity. */
  severities: ReadonlyMap<string, Severity>;
  /** Only this one of them. Default all. */
  check?: string;
}

/** The last moment of a day, and what was known then. */
interface DayEnd {
  /** ISO 8601 in UTC. */
  at: string;
  revision: Revision;
}

/** A finding while an exception that was approved covers it. */
interface Covered {
  row_id: number | string;
  check_id: string;
  opened: Revision;
  closed: Revision | null;
  until: string;
  approved: Revision;
  ended: Revision | null;
}

/** Findings that began and ended together. */
interface Stretch {
  check_id: string;
  verdict: Verdict;
  opened: Revision;
  closed: Revision | null;
  total: number | string;
}

/**
 * Findings that stood at the end of each day, oldest first; days before the first result of these
 * connections, or of the check in them, and those that are not kept any more, are left out. Their intervals are read once, whatever the number of days.
 */
export async function readTrend(
  knex: Knex,
  options: TrendOptions,
): Promise<TrendPoint[]> {
  const { connections, severities, check } = options;
  const counted = check === undefined ? [...severities.keys()] : [check];
  const first = await firstResult(knex, options);
  const { oldest, revision: head } = await readClock(knex);
  const days = (await dayEnds(knex, options)).filter(
    ({ revision }) =>
      first !== undefined && revision >= Math.max(first, oldest),
  );
  if (days.length === 0) {
    return [];
  }
  const stretches: Stretch[] = [];
  for (const source of connections) {
    const intervals = knex('history_results as r')
      .where('r.source', source)
      .whereIn('r.check_id', counted)
      .whereIn('r.verdict', findingVerdicts)
      .where('r.opened', '<=', days[days.length - 1].revision)
      .where(stood =>
        stood.whereNull('r.closed').orWhere('r.closed', '>', days[0].revision),
      )
      .groupBy('r.check_id', 'r.verdict', 'r.opened', 'r.closed')
      .select('r.check_id', 'r.verdict', 'r.opened', 'r.closed')
      .select(knex.raw('count(*) as total'));
    // What closes after the head was read stands on all of these days.
    stretches.push(...(await rowsAt<Stretch>(knex, head, intervals)));
  }
  const excepted = await exceptedOn(knex, options, days);
  return sumUp(days, stretches, severities).map((point, day) => ({
    ...point,
    ...(excepted[day] && { excepted: excepted[day] }),
  }));
}

/** How many open findings were excepted at the end of each day; undefined where none was. */
async function exceptedOn(
  knex: Knex,
  { connections, severities, check }: TrendOptions,
  days: DayEnd[],
): Promise<Array<TrendPoint['excepted']>> {
  const rows: Covered[] = await knex('exceptions as e')
    .join('history_results as r', join =>
      join.on('r.source', 'e.connection').andOn('r.key', 'e.result_key'),
    )
    .whereNotNull('e.opened')
    .whereIn('e.connection', connections)
    .where('e.until', '>', days[0].at)
    .whereIn('r.verdict', openVerdicts)
    .whereRaw(`(e.verdict = 'fail' or r.verdict = 'warning')`)
    .modify(ofCheck, check)
    .select(
      'r.row_id',
      'r.check_id',
      'r.opened',
      'r.closed',
      'e.until',
      knex.ref('e.opened').as('approved'),
      knex.ref('e.closed').as('ended'),
    );
  return days.map(({ at, revision }) => {
    const holds = (from: Revision, to: Revision | null) =>
      from <= revision && (to === null || to > revision);
    const standing = rows.filter(
      row =>
        row.until > at &&
        holds(row.opened, row.closed) &&
        holds(row.approved, row.ended),
    );
    // Two exceptions may follow each other for one finding.
    const distinct = new Map(standing.map(row => [row.row_id, row.check_id]));
    const counts = { low: 0, medium: 0, high: 0, critical: 0 };
    for (const checkId of distinct.values()) {
      const severity = severities.get(checkId);
      if (severity) {
        counts[severity] += 1;
      }
    }
    return distinct.size > 0 ? counts : undefined;
  });
}

/** Adds what begins on a day and takes away what ended by it, from the first day to the last. */
function sumUp(
  days: DayEnd[],
  stretches: Stretch[],
  severities: ReadonlyMap<string, Severity>,
): TrendPoint[] {
  const none = () => ({ low: 0, medium: 0, high: 0, critical: 0, unknown: 0 });
  const steps = days.map(none);
  for (const { check_id: check, verdict, opened, closed, total } of stretches) {
    const severity = severities.get(check);
    if (severity) {
      const what = verdict === 'unknown' ? verdict : severity;
      const from = firstFrom(days, opened);
      const until = closed === null ? days.length : firstFrom(days, closed);
      if (from < until) {
        steps[from][what] += Number(total);
        if (until < days.length) {
          steps[until][what] -= Number(total);
        }
      }
    }
  }
  const stand = none();
  return days.map(({ at }, day) => {
    for (const what of Object.keys(stand) as Array<keyof typeof stand>) {
      stand[what] += steps[day][what];
    }
    const { unknown, ...open } = stand;
    return { at, open, unknown };
  });
}

/** The first day whose end knows a revision; how many days there are when none does. */
function firstFrom(days: DayEnd[], revision: Revision): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (days[middle].revision < revision) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** The ends of the last days, each with the last revision by then; today's end is now. */
async function dayEnds(
  knex: Knex,
  { days, now }: TrendOptions,
): Promise<DayEnd[]> {
  const end = DateTime.fromJSDate(now, { zone: 'utc' });
  const start = end.startOf('day').minus({ days: days - 1 });
  const before = await knex('history_revisions')
    .where('committed_at', '<', isoOf(start))
    .max({ revision: 'revision' })
    .first();
  const rows: Array<{ day: string; revision: Revision }> = await knex(
    'history_revisions',
  )
    .where('committed_at', '>=', isoOf(start))
    .where('committed_at', '<=', isoOf(end))
    .groupByRaw('substr(committed_at, 1, 10)')
    .select(knex.raw('substr(committed_at, 1, 10) as day'))
    .max({ revision: 'revision' });
  const lastOf = new Map(rows.map(row => [row.day, row.revision]));
  let revision: Revision = before?.revision ?? 0;
  return Array.from({ length: days }, (_, index) => {
    const day = start.plus({ days: index });
    revision = lastOf.get(day.toFormat('yyyy-MM-dd')) ?? revision;
    const at = index === days - 1 ? end : day.endOf('day');
    return { at: isoOf(at), revision };
  });
}

function isoOf(time: DateTime): string {
  return time.toJSDate().toISOString();
}

/** Narrows results to those of a check, where there is one. */
function ofCheck(query: Knex.QueryBuilder, check: string | undefined): void {
  if (check !== undefined) {
    query.where('r.check_id', check);
  }
}

/** The revision in which these connections were first judged, by the check where there is one. */
async function firstResult(
  knex: Knex,
  { connections, check }: TrendOptions,
): Promise<Revision | undefined> {
  const opened: Revision[] = [];
  for (const source of connections) {
    // Rows are written in the order of revisions.
    const row = await knex('history_results as r')
      .where('r.source', source)
      .modify(ofCheck, check)
      .orderBy('r.row_id')
      .first('r.opened');
    opened.push(...(row ? [row.opened] : []));
  }
  return opened.length > 0 ? Math.min(...opened) : undefined;
}
