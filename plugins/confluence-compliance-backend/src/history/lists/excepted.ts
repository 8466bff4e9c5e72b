// SPDX-License-Identifier: Apache-2.0
import {
  exceptableVerdictSchema,
  type ExceptableVerdict,
  type FindingException,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { readHead } from '../clock';
import type { Revision } from '../words';
import type { ReadAt } from './page';
import { keyOf, perConnection, Ref } from './refs';

const exceptable = exceptableVerdictSchema.options;

/**
 * The exceptions that are live at a revision and a moment. They begin and end with revisions, and
 * expire with time, so that nobody has to run anything.
 */
function liveAt(knex: Knex, { revision, moment }: ReadAt): Knex.QueryBuilder {
  return knex
    .from('exceptions as e')
    .where('e.opened', '<=', revision)
    .where(open =>
      open.whereNull('e.closed').orWhere('e.closed', '>', revision),
    )
    .where('e.until', '>', moment);
}

/** Whether anything of some connections is excepted. */
export async function hasLiveExceptions(
  knex: Knex,
  connections: string[],
  at: ReadAt,
): Promise<boolean> {
  const any = await liveAt(knex, at)
    .whereIn('e.connection', connections)
    .first('e.id');
  return any !== undefined;
}

/** The moment at which a revision is looked at: now for the newest one, else when it was committed. */
export async function momentAt(
  knex: Knex,
  revision: Revision,
): Promise<string> {
  const now = new Date().toISOString();
  if (revision >= (await readHead(knex))) {
    return now;
  }
  const row = await knex('history_revisions')
    .where({ revision })
    .first('committed_at');
  return row?.committed_at ?? now;
}

/** The live exceptions of the results of an outer query; what was accepted as a warning covers no failure. */
function ofResults(knex: Knex, results: string, at: ReadAt): Knex.QueryBuilder {
  return liveAt(knex, at)
    .whereRaw(
      `e.connection = ${results}.source and e.result_key = ${results}.key`,
    )
    .whereRaw(`(e.verdict = 'fail' or ${results}.verdict = 'warning')`)
    .select(knex.raw('1'));
}

/** Restricts results to those that are excepted, or to those that are not. */
export function onlyExcepted(
  knex: Knex,
  results: Knex.QueryBuilder,
  alias: string,
  excepted: 'without' | 'only',
  at: ReadAt,
): void {
  if (excepted === 'only') {
    results
      .whereIn(`${alias}.verdict`, exceptable)
      .whereExists(ofResults(knex, alias, at));
    return;
  }
  results.where(open =>
    open
      .whereNotIn(`${alias}.verdict`, exceptable)
      .orWhereNotExists(ofResults(knex, alias, at)),
  );
}

/**
 * The exception of each of some results: the live one that lasts longest, else the one that waited
 * at the moment.
 */
export async function exceptionsOf(
  knex: Knex,
  results: Array<Ref & { verdict: string }>,
  { revision, moment }: ReadAt,
): Promise<(ref: Ref) => FindingException | undefined> {
  const found = new Map<string, FindingException>();
  const verdicts = new Map(
    results.map(({ connection, id, verdict }) => [
      keyOf(connection, id),
      verdict,
    ]),
  );
  await perConnection(results, async (connection, keys) => {
    const rows: Array<{
      id: string;
      result_key: string;
      verdict: string;
      until: string;
      opened: number | null;
      closed: number | null;
      decided_at: string | null;
    }> = await knex('exceptions')
      .where({ connection })
      .whereIn('result_key', keys)
      .where('requested_at', '<=', moment)
      .where('until', '>', moment)
      .orderBy(['until', 'ordinal'])
      .select(
        'id',
        'result_key',
        'verdict',
        'until',
        'opened',
        'closed',
        'decided_at',
      );
    for (const row of rows) {
      const key = keyOf(connection, row.result_key);
      const covers = row.verdict === 'fail' || verdicts.get(key) === 'warning';
      const live =
        covers &&
        row.opened !== null &&
        row.opened <= revision &&
        (row.closed === null || row.closed > revision);
      const waits = row.decided_at === null || row.decided_at > moment;
      if (live || (waits && found.get(key)?.status !== 'live')) {
        const { id, until } = row;
        found.set(key, { id, status: live ? 'live' : 'waiting', until });
      }
    }
  });
  return ({ connection, id }) => found.get(keyOf(connection, id));
}

/** How many open findings of a check are excepted, by verdict; about one resource where it is named. */
export async function countExcepted(
  knex: Knex,
  checkId: string,
  connections: string[],
  at: ReadAt,
  resource?: string,
): Promise<Record<ExceptableVerdict, number>> {
  const none = { fail: 0, warning: 0 };
  // Where nothing is excepted the results need not be looked at.
  if (!(await hasLiveExceptions(knex, connections, at))) {
    return none;
  }
  const rows = openAndExcepted(knex, connections, at).where(
    'e.check_id',
    checkId,
  );
  if (resource !== undefined) {
    rows.where('r.resource', resource);
  }
  return (await byCheck(knex, rows)).get(checkId) ?? none;
}

/** How many open findings are excepted, by check and verdict; checks without any are left out. */
export async function countExceptedByCheck(
  knex: Knex,
  connections: string[],
  at: ReadAt,
): Promise<Map<string, Record<ExceptableVerdict, number>>> {
  return byCheck(knex, openAndExcepted(knex, connections, at));
}

/** The results `r` that fail or warn and are excepted, once for each exception `e` of them. */
function openAndExcepted(
  knex: Knex,
  connections: string[],
  at: ReadAt,
): Knex.QueryBuilder {
  return liveAt(knex, at)
    .join('history_results as r', join =>
      join.on('r.source', 'e.connection').andOn('r.key', 'e.result_key'),
    )
    .whereIn('e.connection', connections)
    .whereIn('r.verdict', exceptable)
    .whereRaw(`(e.verdict = 'fail' or r.verdict = 'warning')`)
    .where('r.opened', '<=', at.revision)
    .where(open =>
      open.whereNull('r.closed').orWhere('r.closed', '>', at.revision),
    );
}

async function byCheck(
  knex: Knex,
  excepted: Knex.QueryBuilder,
): Promise<Map<string, Record<ExceptableVerdict, number>>> {
  const found: Array<{
    id: string;
    verdict: ExceptableVerdict;
    total: number | string;
  }> = await excepted
    .groupBy('e.check_id', 'r.verdict')
    .select(
      knex.ref('e.check_id').as('id'),
      'r.verdict',
      knex.raw('count(distinct r.row_id) as total'),
    );
  const counts = new Map<string, Record<ExceptableVerdict, number>>();
  for (const { id, verdict, total } of found) {
    const of = counts.get(id) ?? { fail: 0, warning: 0 };
    counts.set(id, { ...of, [verdict]: Number(total) });
  }
  return counts;
}
