// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import type {
  AssignRemediations,
  Reason,
  RemediatedItem,
  ReviewItem,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { databaseTime, inTransaction } from '../history';
import { itemsById, lockOpen, type Writing } from './deciding';
import type { ItemRow, ReviewRow } from './rows';

/** Says who removes what was revoked, and by when; all of it, or none. */
export async function assignRemediations(
  { knex, history }: Writing,
  reviewId: string,
  actor: string,
  { items, owner, dueAt }: AssignRemediations,
): Promise<void> {
  const rows = await itemsById(knex, reviewId, items);
  const other = rows.find(({ decision }) => decision !== 'revoke');
  if (other) {
    throw new ConflictError(`Item ${other.id} is not revoked`);
  }
  const values = {
    ...(owner !== undefined && { removed_by: owner.toLowerCase() }),
    ...(dueAt !== undefined && {
      removed_until: new Date(dueAt).toISOString(),
    }),
  };
  await inTransaction(knex, async tx => {
    await lockOpen(tx, reviewId);
    if (Object.keys(values).length > 0) {
      await tx('review_items').whereIn('id', items).update(values);
    }
    await history.ledger.append(tx, {
      kind: 'review.remediation-assigned',
      actor,
      subject: reviewId,
      payload: { ...values, items, at: await databaseTime(tx) },
    });
  });
}

/** What to do in Confluence to remove an assignment, in order. */
export function stepsFor(item: ReviewItem): Reason[] {
  const { principal, container } = item;
  const who = principal.name ?? principal.id;
  const where = container.title ?? container.id;
  const check: Reason = {
    code: 'read-again',
    text: 'Sync the connection: only a read that begins afterwards proves it',
  };
  return item.kind === 'membership'
    ? [
        {
          code: 'open-group',
          text: `Open the group ${where} in admin.atlassian.com, under Directory, Groups`,
        },
        { code: 'remove-member', text: `Remove ${who} from it` },
        check,
      ]
    : [
        {
          code: 'open-space-permissions',
          text: `Open the space ${where}, then Space settings, Space permissions`,
        },
        { code: 'remove-grant', text: `Remove all access of ${who}` },
        check,
      ];
}

/** Who removes what was revoked, and by when. */
export function ownerOf(
  review: ReviewRow,
  row: ItemRow,
): Pick<RemediatedItem, 'owner' | 'dueAt'> {
  return {
    owner: row.removed_by ?? review.owner,
    dueAt: row.removed_until ?? undefined,
  };
}
