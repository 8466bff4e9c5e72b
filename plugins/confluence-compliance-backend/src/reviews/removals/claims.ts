// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import { databaseTime, type History, inTransaction } from '../../history';
import { lockOpen } from '../deciding';
import type { ItemRow } from '../rows';
import { type Planned, wordOf } from './calls';
import { type RemovalRow, REMOVALS } from './rows';
import type { Sent } from './sending';

interface Claiming {
  knex: Knex;
  history: { ledger: History['ledger'] };
}

/** A removal that somebody is about to send. */
export interface Claim {
  id: string;
  row: ItemRow;
  actor: string;
}

/** What a call is about in the ledger. */
function about({ call, removes }: Planned, { principal_id: account }: ItemRow) {
  const goes = removes && { removes: [...new Set(removes.map(wordOf))] };
  switch (call.by) {
    case 'membership':
      return { group: call.group, account };
    case 'permission':
      return {
        space: call.space,
        permission: call.permission,
        account,
        ...goes,
      };
    default:
      return { space: call.space, role: call.role, account, ...goes };
  }
}

/**
 * Claims a removal and writes it to the ledger: nobody else sends the same, nor anything for an item
 * that was decided anew. Throws a ConflictError.
 */
export async function claimRemoval(
  { knex, history }: Claiming,
  { row, last, found }: { row: ItemRow; last?: RemovalRow; found: Planned },
  actor: string,
): Promise<Claim> {
  const claim: Claim = { id: randomUUID(), row, actor };
  await inTransaction(knex, async tx => {
    await lockOpen(tx, row.review_id);
    await take(tx, claim, last);
    await history.ledger.append(tx, {
      kind: 'review.removal-claimed',
      actor,
      subject: row.review_id,
      payload: {
        item: row.id,
        version: row.version,
        claim: claim.id,
        connection: row.connection,
        ...about(found, row),
      },
    });
  });
  return claim;
}

/** Keeps what became of it, with the ledger; gives when. */
export async function answerRemoval(
  { knex, history }: Claiming,
  { id, row, actor }: Claim,
  { outcome, reason }: Sent,
): Promise<string> {
  return inTransaction(knex, async tx => {
    const answeredAt = await databaseTime(tx);
    await tx(REMOVALS)
      .where({ claim: id })
      .update({ outcome, reason: reason ?? null, answered_at: answeredAt });
    await history.ledger.append(tx, {
      kind: 'review.removal-answered',
      actor,
      subject: row.review_id,
      payload: {
        item: row.id,
        version: row.version,
        claim: id,
        outcome,
        ...(reason && { reason }),
      },
    });
    return answeredAt;
  });
}

async function take(
  tx: Knex.Transaction,
  { id: claim, row, actor }: Claim,
  last: RemovalRow | undefined,
): Promise<void> {
  const { id, version, review_id: reviewId } = row;
  const same = await tx<ItemRow>('review_items')
    .where({ id, version, decision: 'revoke' })
    .first('id');
  const key = { item_id: id, item_version: version };
  const values = {
    claim,
    outcome: 'unknown',
    reason: null,
    actor,
    claimed_at: await databaseTime(tx),
    answered_at: null,
  };
  const claimed =
    same &&
    (last
      ? await tx(REMOVALS)
          .where({ ...key, claim: last.claim })
          .update(values)
          .returning('claim')
      : await tx(REMOVALS)
          .insert({ ...key, review_id: reviewId, ...values })
          .onConflict(['item_id', 'item_version'])
          .ignore()
          .returning('claim'));
  if (!claimed || claimed.length === 0) {
    throw new ConflictError(
      `Item ${id} was decided or removed meanwhile by somebody else: look at the preview again`,
    );
  }
}
