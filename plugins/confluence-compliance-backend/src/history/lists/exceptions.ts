// SPDX-License-Identifier: Apache-2.0
import type {
  ExceptionListStatus,
  Page,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { ExceptionRow } from '../exceptions/types';
import type { ResultPayload } from '../datasets';
import type { Revision } from '../words';
import type { FindingLife } from './findingLife';
import type { FindingRecord } from './findings';
import { ListOptions, readPage } from './page';
import { keyOf, perConnection } from './refs';

/** An exception with what its finding last was. */
export interface ExceptionRecord {
  row: ExceptionRow;
  /** Absent where its history is not kept any more. */
  finding?: FindingRecord;
}

export interface ExceptionListOptions extends ListOptions {
  /** The parameters as the caller gave them; a cursor is valid for these only. */
  query: object;
  status: ExceptionListStatus;
  /** ISO time before which what is live is expiring. */
  soon: string;
  /** `until` begins with what ends first. */
  sort: string;
}

/** Exceptions of one state, by when they end. */
export async function readExceptions(
  knex: Knex,
  options: ExceptionListOptions,
): Promise<Page<ExceptionRecord> & { moment: string }> {
  const { connections, query, soon, sort, status } = options;
  let at = '';
  const rows = (moment: string) => {
    const found = knex
      .from('exceptions as e')
      .whereIn('e.connection', connections);
    if (status === 'over') {
      return found.where(over =>
        over
          .where('e.until', '<=', moment)
          .orWhereIn('e.decision', ['rejected', 'withdrawn', 'lapsed'])
          .orWhereNotNull('e.ended_at'),
      );
    }
    found.where('e.until', '>', moment);
    if (status === 'waiting') {
      return found.whereNull('e.decided_at');
    }
    // In words, so that the index of the live ones is known to fit.
    found.whereRaw(`e.decision = 'approved' and e.ended_at is null`);
    return status === 'expiring' ? found.where('e.until', '<=', soon) : found;
  };
  const page = await readPage<ExceptionRow, ExceptionRecord>(
    knex,
    {
      name: 'exceptions',
      query,
      sort,
      all: (_, moment) => rows(moment),
      parts: (_, moment) => [
        { rows: () => rows(moment).select('e.*'), order: ['e.until', 'e.id'] },
      ],
    },
    options,
    async (found, revision, moment) => {
      at = moment;
      return withFindings(knex, found, revision);
    },
  );
  return { ...page, moment: at };
}

/** The list of exceptions does not tell what became of their findings. */
const UNTOLD: FindingLife = {
  state: 'open',
  since: '',
  firstSeen: '',
  lastSeen: '',
};

/** Adds what the results of exceptions last were. */
async function withFindings(
  knex: Knex,
  rows: ExceptionRow[],
  revision: Revision,
): Promise<ExceptionRecord[]> {
  const results = new Map<string, ResultPayload>();
  const refs = rows.map(({ connection, result_key }) => ({
    connection,
    id: result_key,
  }));
  await perConnection(refs, async (connection, keys) => {
    const found: Array<{ key: string; payload: string }> = await knex(
      'history_results',
    )
      .where({ source: connection })
      .whereIn('key', keys)
      .orderBy('opened')
      .select('key', 'payload');
    for (const { key, payload } of found) {
      results.set(keyOf(connection, key), JSON.parse(payload));
    }
  });
  return rows.map(row => {
    const { connection, result_key: key } = row;
    const result = results.get(keyOf(connection, key));
    return {
      row,
      finding: result && { connection, key, result, life: UNTOLD, revision },
    };
  });
}
