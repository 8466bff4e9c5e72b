// SPDX-License-Identifier: Apache-2.0
import type {
  Account,
  CheckCounts,
  Excepted,
  FindingException,
  Page,
  Verdict,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { ResultPayload } from '../datasets';
import type { Revision } from '../words';
import { exceptionsOf, onlyExcepted } from './excepted';
import { ListOptions, Part, ReadAt, readPage, standing } from './page';

const TABLE = 'history_results';

/** Verdicts that are open findings, least pressing first; what is unknown is none. */
export const openVerdicts = ['warning', 'fail'] as const;

/** Verdicts that need somebody, least pressing first: they wait among the findings of a check. */
export const findingVerdicts = ['unknown', 'warning', 'fail'] as const;

/** A result that is a finding, as the history knows it. */
export interface FindingRecord {
  connection: string;
  /** Key of the result within its connection. */
  key: string;
  result: ResultPayload;
  /** The account it is about, where it is about one that is known. */
  account?: Account;
  /** The exception of it that waits or is live. */
  exception?: FindingException;
  /** ISO time since which the subject has had no other verdict than those of findings. */
  since: string;
  revision: Revision;
}

export interface FindingListOptions extends ListOptions {
  /** The parameters as the caller gave them; a cursor is valid for these only. */
  query: object;
  /** Check ids by severity, least severe first. */
  checks: string[][];
  verdicts: readonly Verdict[];
  /** Only findings about this subject id. */
  subject?: string;
  /** Only findings about this account id, whatever their subject is. */
  account?: string;
  /** Only findings about this resource, such as `space:<spaceId>`. */
  resource?: string;
  /** Default all. */
  excepted?: Excepted;
  /** `-severity` begins with the most severe. */
  sort: string;
}

interface ResultRow {
  row_id: number | string;
  source: string;
  key: string;
  payload: string;
}

/**
 * One page of findings, by severity, then verdict, check and connection, then by when the verdict
 * came.
 */
export async function readFindings(
  knex: Knex,
  options: FindingListOptions,
): Promise<Page<FindingRecord>> {
  const { checks, connections, query, sort, verdicts } = options;
  const { excepted = 'all' } = options;
  const only = Object.entries({
    'r.subject_id': options.subject,
    'r.account_id': options.account,
    'r.resource': options.resource,
  });
  const select = (revision: Revision, moment: string) => {
    const rows = standing(knex.from({ r: TABLE }), 'r', revision);
    for (const [column, value] of only) {
      if (value !== undefined) {
        rows.where(column, value);
      }
    }
    if (excepted !== 'all') {
      onlyExcepted(knex, rows, 'r', excepted, { revision, moment });
    }
    return rows;
  };
  const part = (
    revision: Revision,
    moment: string,
    source: string,
    check: string,
    verdict: Verdict,
  ): Part => ({
    rows: () =>
      select(revision, moment)
        .where({
          'r.source': source,
          'r.check_id': check,
          'r.verdict': verdict,
        })
        .select('r.row_id', 'r.source', 'r.key', 'r.payload'),
    order: ['r.row_id'],
    numbers: true,
  });
  return readPage<ResultRow, FindingRecord>(
    knex,
    {
      name: 'findings',
      query,
      sort,
      // Every part runs along the index of source, check and verdict, or of what is asked for.
      parts: (revision, moment) =>
        checks.flatMap(ofSeverity =>
          verdicts.flatMap(verdict =>
            ofSeverity.flatMap(check =>
              connections.map(source =>
                part(revision, moment, source, check, verdict),
              ),
            ),
          ),
        ),
      all: (revision, moment) =>
        select(revision, moment)
          .whereIn('r.source', connections)
          .whereIn('r.check_id', checks.flat())
          .whereIn('r.verdict', verdicts),
    },
    options,
    async (rows, revision, moment) => {
      const since = await sinceOf(knex, rows, revision);
      const records: FindingRecord[] = rows.map(row => ({
        connection: row.source,
        key: row.key,
        result: JSON.parse(row.payload) as ResultPayload,
        since: since.get(nameOf(row)) ?? '',
        revision,
      }));
      return withExceptions(knex, records, { revision, moment });
    },
  );
}

async function withExceptions(
  knex: Knex,
  records: FindingRecord[],
  at: ReadAt,
): Promise<FindingRecord[]> {
  const refOf = ({ connection, key, result: { verdict } }: FindingRecord) => ({
    connection,
    id: key,
    verdict,
  });
  const exceptionOf = await exceptionsOf(knex, records.map(refOf), at);
  return records.map(record => ({
    ...record,
    exception: exceptionOf(refOf(record)),
  }));
}

/** How many results of a check have each verdict: now, or about one resource at a revision. */
export async function countVerdicts(
  knex: Knex,
  checkId: string,
  connections: string[],
  about?: { resource: string; revision: Revision },
): Promise<CheckCounts> {
  const counts: CheckCounts = {
    pass: 0,
    fail: 0,
    warning: 0,
    unknown: 0,
    'not-applicable': 0,
  };
  const select = knex
    .from({ r: TABLE })
    .where({ 'r.check_id': checkId })
    .whereIn('r.source', connections)
    .groupBy('r.verdict')
    .select('r.verdict', knex.raw('count(*) as total'));
  const rows: Array<{ verdict: Verdict; total: number | string }> = await (about
    ? standing(select.where('r.resource', about.resource), 'r', about.revision)
    : select.whereNull('r.closed'));
  for (const { verdict, total } of rows) {
    counts[verdict] = Number(total);
  }
  return counts;
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

/** When the present run of findings, or of none, began for each row of a page. */
async function sinceOf(
  knex: Knex,
  rows: ResultRow[],
  revision: Revision,
): Promise<Map<string, string>> {
  const first = new Map<string, { revision: Revision; finding: boolean }>();
  const sources = [...new Set(rows.map(row => row.source))];
  for (const source of sources) {
    const intervals = await knex(TABLE)
      .where({ source })
      .whereIn(
        'key',
        rows.filter(row => row.source === source).map(row => row.key),
      )
      .where('opened', '<=', revision)
      .orderBy(['key', { column: 'opened', order: 'desc' }])
      .select<
        Array<{
          key: string;
          opened: number;
          closed: number | null;
          verdict: Verdict;
        }>
      >('key', 'opened', 'closed', 'verdict');
    const ended = new Set<string>();
    for (const { key, opened, closed, verdict } of intervals) {
      const name = nameOf({ source, key });
      const finding = isFinding(verdict);
      const next = first.get(name);
      const goesOn =
        !next || (next.revision === closed && next.finding === finding);
      if (!goesOn) {
        ended.add(name);
      } else if (!ended.has(name)) {
        first.set(name, { revision: opened, finding });
      }
    }
  }
  const times = await revisionTimes(
    knex,
    [...first.values()].map(begun => begun.revision),
  );
  return new Map(
    [...first].map(([name, begun]) => [name, times.get(begun.revision) ?? '']),
  );
}

function isFinding(verdict: Verdict): boolean {
  return (findingVerdicts as readonly Verdict[]).includes(verdict);
}

function nameOf({ source, key }: Pick<ResultRow, 'source' | 'key'>): string {
  return JSON.stringify([source, key]);
}
