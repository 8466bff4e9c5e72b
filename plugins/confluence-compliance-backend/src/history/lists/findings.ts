// SPDX-License-Identifier: Apache-2.0
import type {
  Account,
  CheckCounts,
  Excepted,
  FindingException,
  FindingState,
  Page,
  Verdict,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { ResultPayload } from '../datasets';
import { rowsAt } from '../countsAt';
import type { Revision } from '../words';
import { exceptionsOf, onlyExcepted } from './excepted';
import { FindingLife, livesOf } from './findingLife';
import { inState } from './findingStates';
import { ListOptions, Part, ReadAt, readPage, standing } from './page';
import { keyOf } from './refs';

export { revisionTimes } from './findingLife';
export { findingVerdicts, openVerdicts } from './findingStates';

const TABLE = 'history_results';

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
  life: FindingLife;
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
  /** Default: those that stand, open and regressed. */
  state?: FindingState;
  /** Restricts the results `r` further, by their `source` and `key`. */
  narrow?: (rows: Knex.QueryBuilder) => void;
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
    const rows = inState(knex.from({ r: TABLE }), options.state, revision);
    options.narrow?.(rows);
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
    numbers: 1,
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
      const found = rows.map(row => ({
        ...row,
        result: JSON.parse(row.payload) as ResultPayload,
      }));
      const lives = await livesOf(knex, found, revision);
      const records = found.flatMap(({ source, key, result }) => {
        const life = lives.get(keyOf(source, key));
        return life
          ? [{ connection: source, key, result, life, revision }]
          : [];
      });
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

/** How many results of a check have each verdict at a revision, of all or about one resource. */
export async function countVerdicts(
  knex: Knex,
  checkId: string,
  connections: string[],
  { resource, revision }: { resource?: string; revision: Revision },
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
  if (resource !== undefined) {
    select.where('r.resource', resource);
  }
  const rows = await rowsAt<{ verdict: Verdict; total: number | string }>(
    knex,
    revision,
    standing(select, 'r', revision),
  );
  for (const { verdict, total } of rows) {
    counts[verdict] = Number(total);
  }
  return counts;
}
