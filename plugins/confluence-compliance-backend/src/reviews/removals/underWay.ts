// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import { databaseTime } from '../../history';
import type { ItemRow } from '../rows';
import { type RemovalRow, REMOVALS, removalsOf } from './rows';

/** A request begins so long after its claim at the latest. */
const SENT_WITHIN_MS = 5 * 60_000;

/** So long a request may wait and take. */
export const REQUEST_MS = 4 * 60_000;

/** For what lies between. Then a claim without an answer is one of somebody who died. */
const SPARE_MS = 60_000;

/** After that Confluence shows what a request did. */
const SETTLED_MS = 60 * 60_000;

/** Accounts that somebody is taking out of a group or space, or just has. */
export async function leaving(
  knex: Knex,
  where: Pick<ItemRow, 'connection' | 'dataset' | 'container'>,
): Promise<Set<string>> {
  const { connection, dataset, container } = where;
  const now = Date.parse(await databaseTime(knex));
  const ids: string[] = await knex(`${REMOVALS} as r`)
    .join('review_items as i', 'i.id', 'r.item_id')
    .where('r.claimed_at', '>', new Date(now - SETTLED_MS).toISOString())
    .whereNot('r.outcome', 'refused')
    .where({
      'i.connection': connection,
      'i.dataset': dataset,
      'i.container': container,
    })
    .pluck('i.principal_id');
  return new Set(ids);
}

/**
 * Keeps items from being decided anew while their removal is under way, in a review that is locked.
 * Throws a ConflictError.
 */
export async function refuseBeingRemoved(
  tx: Knex.Transaction,
  items: ItemRow[],
): Promise<void> {
  const removals = await removalsOf(tx, items);
  const now = Date.parse(await databaseTime(tx));
  for (const one of removals.values()) {
    const age = now - Date.parse(one.claimed_at);
    if (
      one.answered_at === null &&
      age < SENT_WITHIN_MS + REQUEST_MS + SPARE_MS
    ) {
      throw new ConflictError(
        `Item ${one.item_id} is being removed in Confluence: try again in some minutes`,
      );
    }
  }
}

/**
 * Whether what was claimed may be sent now: it is still revoked, and nobody can take that back before
 * the request has ended.
 */
export async function mayBeSent(
  knex: Knex,
  { id: claim, row: { id, version } }: { id: string; row: ItemRow },
): Promise<boolean> {
  const now = Date.parse(await databaseTime(knex));
  const [item, removal] = await Promise.all([
    knex<ItemRow>('review_items')
      .where({ id, version, decision: 'revoke' })
      .first('id'),
    knex<RemovalRow>(REMOVALS).where({ claim }).first('claimed_at'),
  ]);
  return (
    item !== undefined &&
    removal !== undefined &&
    now - Date.parse(removal.claimed_at) < SENT_WITHIN_MS
  );
}
