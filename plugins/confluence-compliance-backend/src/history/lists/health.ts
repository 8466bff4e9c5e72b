// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { readHead } from '../clock';
import { decodePosition } from '../position';

/** How far a consumer of the changes is behind, in revisions. */
export interface FeedLag {
  consumer: string;
  lag: number;
}

export async function feedLags(knex: Knex): Promise<FeedLag[]> {
  const head = await readHead(knex);
  const consumers: Array<{ id: string; position: string | null }> = await knex(
    'feed_consumers',
  ).select('id', 'position');
  return consumers.map(({ id, position }) => {
    const { revision } = decodePosition(position ?? undefined).position;
    return { consumer: id, lag: Math.max(0, head - revision) };
  });
}

/** How many entries the ledger has. */
export async function ledgerHeight(knex: Knex): Promise<number> {
  const head = await knex('ledger_head').first('seq');
  return head?.seq ?? 0;
}
