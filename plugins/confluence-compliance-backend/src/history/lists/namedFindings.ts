// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { chunks } from '../engine';
import type { Revision } from '../words';
import { livesOf } from './findingLife';
import { findingVerdicts, openVerdicts } from './findingStates';
import { keyOf } from './refs';

const TABLE = 'history_results';

/** A result by its key within a connection. */
export interface ResultRef {
  connection: string;
  key: string;
}

/** A finding that there is, or was. */
export interface NamedFinding extends ResultRef {
  checkId: string;
}

/** Those of some results that are a finding or were one, in no order. */
export async function namedFindings(
  knex: Knex,
  refs: ResultRef[],
): Promise<NamedFinding[]> {
  const found: NamedFinding[] = [];
  for (const [connection, keys] of byConnection(refs)) {
    for (const part of chunks(keys)) {
      const rows: Array<{ key: string; check_id: string }> = await knex(TABLE)
        .where({ source: connection })
        .whereIn('key', part)
        .whereIn('verdict', findingVerdicts)
        .distinct('key', 'check_id');
      found.push(
        ...rows.map(row => ({
          connection,
          key: row.key,
          checkId: row.check_id,
        })),
      );
    }
  }
  return found;
}

/** Those of some findings that came back in this very revision. */
export async function regressedAt(
  knex: Knex,
  refs: ResultRef[],
  revision: Revision,
): Promise<ResultRef[]> {
  const found: ResultRef[] = [];
  for (const [connection, keys] of byConnection(refs)) {
    for (const part of chunks(keys)) {
      const begun = await knex(`${TABLE} as r`)
        .where({ 'r.source': connection, 'r.opened': revision })
        .whereIn('r.key', part)
        .whereIn('r.verdict', openVerdicts)
        // Another reason for what failed before is nothing new.
        .whereNotExists(
          knex(`${TABLE} as e`)
            .whereRaw('e.source = r.source and e.key = r.key')
            .where('e.closed', revision)
            .whereIn('e.verdict', openVerdicts),
        )
        .select('r.source', 'r.key', 'r.payload');
      const rows = begun.map(({ source, key, payload }) => ({
        source,
        key,
        result: JSON.parse(payload),
      }));
      const lives = await livesOf(knex, rows, revision);
      found.push(
        ...rows
          .filter(
            ({ key }) =>
              lives.get(keyOf(connection, key))?.state === 'regressed',
          )
          .map(({ key }) => ({ connection, key })),
      );
    }
  }
  return found;
}

function byConnection(refs: ResultRef[]): Map<string, string[]> {
  const keys = new Map<string, string[]>();
  for (const { connection, key } of refs) {
    keys.set(connection, [...(keys.get(connection) ?? []), key]);
  }
  return keys;
}
