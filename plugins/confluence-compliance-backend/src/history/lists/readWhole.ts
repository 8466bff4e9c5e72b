// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { chunks } from '../engine';
import type { Revision } from '../words';
import { PARENTS } from './freshness';
import { standing } from './page';
import { keyOf, perConnection, Ref } from './refs';

/**
 * The containers of a dataset whose last read by a revision was whole, as `keyOf` names them. What
 * was whole once and could not be read since may have changed unseen.
 */
export async function readWhole(
  knex: Knex,
  dataset: string,
  containers: Ref[],
  revision: Revision,
): Promise<Set<string>> {
  const whole = new Set<string>();
  await perConnection(containers, async (connection, ids) => {
    const wasWhole = knex('history_reads as r')
      .where({ 'r.source': connection, 'r.dataset': dataset })
      .whereRaw('r.container = c.container')
      .where('r.published_at', '<=', revision)
      .orderBy([
        { column: 'r.started_at', order: 'desc' },
        { column: 'r.ordinal', order: 'desc' },
      ])
      .limit(1)
      .select(
        knex.raw(
          `case when r.mode = 'full' and r.outcome = 'complete' and r.refused is null
            then 1 else 0 end`,
        ),
      );
    const found: Array<{ container: string }> = await knex(
      'history_containers as c',
    )
      .where({ 'c.source': connection, 'c.dataset': dataset })
      .whereIn('c.container', ids)
      .whereRaw('(?) = 1', [wasWhole])
      .select('c.container');
    found.forEach(({ container }) => whole.add(keyOf(connection, container)));
  });
  return whole;
}

/** The first of these datasets that was not known whole at a revision, as a stable code. */
export async function whyUnknownAt(
  knex: Knex,
  connection: string,
  datasets: string[],
  revision: Revision,
): Promise<string | undefined> {
  for (const dataset of datasets) {
    const ids = await containersAt(knex, connection, dataset, revision);
    for (const part of chunks(ids)) {
      const refs = part.map(id => ({ connection, id }));
      const whole = await readWhole(knex, dataset, refs, revision);
      if (whole.size < part.length) {
        return `${dataset}-incomplete`;
      }
    }
  }
  return undefined;
}

/** The containers that a dataset had to have at a revision. */
async function containersAt(
  knex: Knex,
  connection: string,
  dataset: string,
  revision: Revision,
): Promise<string[]> {
  const parent = PARENTS[dataset];
  if (!parent) {
    return ['site'];
  }
  const rows: Array<{ key: string }> = await standing(
    knex(`history_${parent} as t`).where('t.source', connection),
    't',
    revision,
  ).select('t.key');
  return rows.map(({ key }) => key);
}
