// SPDX-License-Identifier: Apache-2.0
import {
  type Verdict,
  verdicts,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { ResultPayload } from '../datasets';
import { readHead } from '../clock';
import { chunks } from '../engine';
import { onlyExcepted } from './excepted';

/** Results of one connection: those about accounts, about a resource, or all of some checks. */
export type ResultScope = { connection: string } & (
  | { accounts: string[] }
  | { resource: string; except?: string[] }
  | { checks: string[] }
);

/** The worst that a check says over some scopes. */
export interface WorstVerdict {
  checkId: string;
  verdict: Verdict;
  /** How many results have it. */
  count: number;
  /** How many of these are excepted now. */
  excepted: number;
  /** Stable code of one of them. */
  reason: string;
}

interface Group {
  check_id: string;
  verdict: Verdict;
  total: number | string;
  /** Finds a result with this verdict again. */
  example: Knex.QueryBuilder;
  /** Counts those with this verdict that are excepted. */
  excepted: Knex.QueryBuilder;
}

const TABLE = 'history_results';

const CHECK = `coalesce(check_id, '')`;
const VERDICT = `coalesce(verdict, '')`;
const BY_VERDICT = `${CHECK}, ${VERDICT}`;

/** So many accounts fit into one query of any database. */
const BATCH = 500;

/** The worst verdict of each check over all scopes, as it stands now. */
export async function worstVerdicts(
  knex: Knex,
  scopes: ResultScope[],
): Promise<WorstVerdict[]> {
  const groups: Group[] = [];
  const at = {
    revision: await readHead(knex),
    moment: new Date().toISOString(),
  };
  const exceptedAmong = (results: Knex.QueryBuilder) => {
    onlyExcepted(knex, results, TABLE, 'only', at);
    return results.count({ total: '*' });
  };
  for (const scope of scopes) {
    for (const narrow of narrowings(scope)) {
      const results = () =>
        narrow(
          knex(TABLE).where({ source: scope.connection }).whereNull('closed'),
        );
      const found: Array<Omit<Group, 'example' | 'excepted'>> = await results()
        // No index has this order, so that the one of the scope is taken.
        .groupByRaw(BY_VERDICT)
        .select(
          knex.raw(`${CHECK} as check_id`),
          knex.raw(`${VERDICT} as verdict`),
        )
        .count({ total: '*' });
      groups.push(
        ...found.map(group => ({
          ...group,
          example: results()
            .where({ check_id: group.check_id, verdict: group.verdict })
            .limit(1)
            .select('payload'),
          excepted: exceptedAmong(
            results().where({
              check_id: group.check_id,
              verdict: group.verdict,
            }),
          ),
        })),
      );
    }
  }
  const byCheck = new Map<string, Group[]>();
  for (const group of groups) {
    const same = byCheck.get(group.check_id) ?? [];
    byCheck.set(group.check_id, [...same, group]);
  }
  return Promise.all(
    [...byCheck].map(async ([checkId, all]) => {
      const verdict =
        verdicts.find(one => all.some(group => group.verdict === one)) ??
        'unknown';
      const worst = all.filter(group => group.verdict === verdict);
      const rows: Array<{ payload: string }> = worst.length
        ? await worst[0].example
        : [];
      const result: ResultPayload | undefined =
        rows[0] && JSON.parse(rows[0].payload);
      return {
        checkId,
        verdict,
        excepted: await sumOf(worst.map(({ excepted }) => excepted)),
        count: worst.reduce((sum, { total }) => sum + Number(total), 0),
        reason: result?.reason ?? 'unknown',
      };
    }),
  );
}

async function sumOf(counts: Knex.QueryBuilder[]): Promise<number> {
  let sum = 0;
  for (const count of counts) {
    const [{ total }]: Array<{ total: number | string }> = await count;
    sum += Number(total);
  }
  return sum;
}

type Narrow = (results: Knex.QueryBuilder) => Knex.QueryBuilder;

function narrowings(scope: ResultScope): Narrow[] {
  if ('accounts' in scope) {
    return [...chunks(scope.accounts, BATCH)].map(
      ids => results => results.whereIn('account_id', ids),
    );
  }
  if ('resource' in scope) {
    return [
      results =>
        results
          .where({ resource: scope.resource })
          .whereNotIn('check_id', scope.except ?? []),
    ];
  }
  return [results => results.whereIn('check_id', scope.checks)];
}
