// SPDX-License-Identifier: Apache-2.0
import type {
  FindingResolution,
  FindingState,
  Verdict,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { ResultPayload } from '../datasets';
import type { Revision } from '../words';
import { findingVerdicts, openVerdicts } from './findingStates';
import { goneSubjects } from './goneSubjects';
import { keyOf } from './refs';

/** A result whose life is asked for. */
export interface LivingResult {
  source: string;
  key: string;
  result: ResultPayload;
}

/** What became of a finding up to a revision. Times are ISO 8601 in UTC. */
export interface FindingLife {
  state: FindingState;
  /** Since when it has had no other verdict than those of findings; of a resolved one, the last time. */
  since: string;
  /** When it failed or warned for the first time that is kept; where it never did, the same as `since`. */
  firstSeen: string;
  /** The last run of its check that looked at it and found it. */
  lastSeen: string;
  resolved?: { at: string; by: FindingResolution };
}

interface Interval {
  key: string;
  opened: Revision;
  closed: Revision | null;
  verdict: Verdict;
}

/** Results of one subject that follow each other and are findings, all of them. */
interface Stretch {
  from: Revision;
  /** Absent while it stands. */
  to?: Revision;
  /** One of them failed or warned. */
  failed: boolean;
}

/** The lives of findings in revisions, before these have times. */
interface Known {
  row: LivingResult;
  state: FindingState;
  since: Revision;
  firstSeen: Revision;
  resolved?: { at: Revision; by?: FindingResolution };
}

/** The life of each result of a page, by source and key; see `inState` for what the states mean. */
export async function livesOf(
  knex: Knex,
  rows: LivingResult[],
  revision: Revision,
): Promise<Map<string, FindingLife>> {
  const known: Known[] = [];
  for (const source of new Set(rows.map(row => row.source))) {
    const own = rows.filter(row => row.source === source);
    const intervals = await intervalsOf(knex, source, own, revision);
    known.push(
      ...own.map(row => judge(row, intervals.get(row.key) ?? [], revision)),
    );
  }
  const ended = known.filter(({ resolved }) => resolved && !resolved.by);
  const gone = await goneSubjects(
    knex,
    ended.map(({ row, resolved }) => ({
      ...row,
      at: resolved?.at ?? revision,
    })),
  );
  const lastSeen = await lastRuns(knex, known, revision);
  const times = await revisionTimes(
    knex,
    known.flatMap(({ since, firstSeen, resolved }) => [
      since,
      firstSeen,
      ...(resolved ? [resolved.at] : []),
    ]),
  );
  const timeOf = (at: Revision) => times.get(at) ?? '';
  return new Map(
    known.map(({ row, state, since, firstSeen, resolved }) => {
      const name = keyOf(row.source, row.key);
      const by = gone.has(name) ? 'subject-gone' : 'not-judged';
      return [
        name,
        {
          state,
          since: timeOf(since),
          firstSeen: timeOf(firstSeen),
          // The run that saw it first ended its read before it published.
          lastSeen: [lastSeen.get(name) ?? '', timeOf(since)].sort()[1],
          ...(resolved && {
            resolved: { at: timeOf(resolved.at), by: resolved.by ?? by },
          }),
        },
      ];
    }),
  );
}

/** ISO times at which revisions were committed. */
export async function revisionTimes(
  knex: Knex,
  revisions: Revision[],
): Promise<Map<Revision, string>> {
  const rows = await knex('history_revisions')
    .whereIn('revision', [...new Set(revisions)])
    .select<Array<{ revision: number; committed_at: string }>>(
      'revision',
      'committed_at',
    );
  return new Map(rows.map(row => [row.revision, row.committed_at]));
}

async function intervalsOf(
  knex: Knex,
  source: string,
  rows: LivingResult[],
  revision: Revision,
): Promise<Map<string, Interval[]>> {
  const found: Interval[] = await knex('history_results')
    .where({ source })
    .whereIn(
      'key',
      rows.map(row => row.key),
    )
    .where('opened', '<=', revision)
    .orderBy(['key', 'opened'])
    .select('key', 'opened', 'closed', 'verdict');
  const byKey = new Map<string, Interval[]>();
  for (const interval of found) {
    byKey.set(interval.key, [...(byKey.get(interval.key) ?? []), interval]);
  }
  return byKey;
}

function judge(
  row: LivingResult,
  intervals: Interval[],
  revision: Revision,
): Known {
  const stretches = stretchesOf(intervals, revision);
  const failed = stretches.filter(stretch => stretch.failed);
  const last = stretches.at(-1);
  if (!last) {
    // Asked for by a verdict that is no finding, and it never was one: it stands as it is.
    const since = intervals[intervals.length - 1].opened;
    return { row, state: 'open', since, firstSeen: since };
  }
  if (last.to === undefined) {
    const before = failed.some(stretch => stretch !== last);
    const { verdict } = intervals[intervals.length - 1];
    const regressed = before && verdict !== 'unknown';
    return {
      row,
      state: regressed ? 'regressed' : 'open',
      since: last.from,
      firstSeen: (failed[0] ?? last).from,
    };
  }
  const end = failed[failed.length - 1] ?? last;
  const next = intervals.find(({ opened }) => opened === end.to);
  return {
    row,
    state: 'resolved',
    since: end.from,
    firstSeen: (failed[0] ?? last).from,
    resolved: {
      at: end.to ?? revision,
      by:
        next?.verdict === 'pass' || next?.verdict === 'not-applicable'
          ? next.verdict
          : undefined,
    },
  };
}

/** Oldest first. */
function stretchesOf(intervals: Interval[], revision: Revision): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { opened, closed, verdict } of intervals) {
    if (isOneOf(findingVerdicts, verdict)) {
      const to = closed !== null && closed <= revision ? closed : undefined;
      const failed = isOneOf(openVerdicts, verdict);
      const last = stretches[stretches.length - 1];
      if (last?.to === opened) {
        last.to = to;
        last.failed ||= failed;
      } else {
        stretches.push({ from: opened, to, failed });
      }
    }
  }
  return stretches;
}

/** When the last run ended that saw each finding, by source and key. */
async function lastRuns(
  knex: Knex,
  known: Known[],
  revision: Revision,
): Promise<Map<string, string>> {
  const runs = new Map<string, string | undefined>();
  const found = new Map<string, string>();
  for (const { row, resolved } of known) {
    const { source, key, result } = row;
    // The run in which it was resolved did not see it any more.
    const until = resolved ? resolved.at - 1 : revision;
    const run = JSON.stringify([source, result.checkId, until]);
    if (!runs.has(run)) {
      const read = await knex('history_reads as d')
        .where({ 'd.source': source, 'd.container': result.checkId })
        .whereRaw(`d.dataset = 'results'`)
        .where('d.published_at', '<=', until)
        .orderBy('d.published_at', 'desc')
        .orderBy('d.started_at', 'desc')
        .first('d.finished_at');
      runs.set(run, read?.finished_at);
    }
    const at = runs.get(run);
    if (at) {
      found.set(keyOf(source, key), at);
    }
  }
  return found;
}

function isOneOf(verdicts: readonly Verdict[], verdict: Verdict): boolean {
  return verdicts.includes(verdict);
}
