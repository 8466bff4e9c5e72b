// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { Revision } from '../words';
import { keyOf, perConnection, Ref } from './refs';

/** The containers of a dataset that had been read whole by a revision, as `keyOf` names them. */
export async function readWhole(
  knex: Knex,
  dataset: string,
  containers: Ref[],
  revision: Revision,
): Promise<Set<string>> {
  const whole = new Set<string>();
  await perConnection(containers, async (connection, ids) => {
    const found: Array<{ container: string }> = await knex(
      'history_containers as c',
    )
      .where({ 'c.source': connection, 'c.dataset': dataset })
      .whereIn('c.container', ids)
      .whereNotNull('c.complete_at')
      .whereExists(
        knex('history_reads as r')
          .where({
            'r.source': connection,
            'r.dataset': dataset,
            'r.mode': 'full',
            'r.outcome': 'complete',
          })
          .whereRaw('r.container = c.container')
          .where('r.published_at', '<=', revision)
          .select(knex.raw('1')),
      )
      .select('c.container');
    found.forEach(({ container }) => whole.add(keyOf(connection, container)));
  });
  return whole;
}
