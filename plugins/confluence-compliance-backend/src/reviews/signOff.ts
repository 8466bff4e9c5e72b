// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { Remediation } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import {
  databaseTime,
  type History,
  inTransaction,
  type Revision,
} from '../history';
import { lockOpen } from './deciding';
import type { ProofOptions } from './proof';
import { remediationOf, type ResidualOptions } from './residual';
import {
  factsOf,
  gapsOf,
  type ItemRow,
  type ReviewRow,
  sealedOf,
} from './rows';

const BATCH = 500;
/** How often what is known may change while proofs are gathered. */
const ATTEMPTS = 3;

/** What still waits for somebody keeps a review open; what cannot be verified is sealed as such. */
const BLOCKING: Array<Remediation['state']> = [
  'waiting',
  'still-present',
  'reappeared',
];

type SignOffOptions = ProofOptions &
  ResidualOptions & { knex: Knex; history: History };

/**
 * Seals a review: what became of each revoked item is written into it, and the hash over all items
 * goes to the ledger with what was not whole.
 *
 * @throws ConflictError that says what still blocks it
 */
export async function signOff(
  options: SignOffOptions,
  reviewId: string,
  actor: string,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const provenAt = await options.history.head();
    const proofs = await proveAll(options, reviewId);
    const sealed = await seal(options, { reviewId, actor, proofs, provenAt });
    if (sealed) {
      return;
    }
    if (attempt === ATTEMPTS) {
      throw new ConflictError(
        'What is known changed again and again meanwhile: try again',
      );
    }
  }
}

/** Throws a NotAllowedError for anybody but the owner of a review. */
export function refuseOthers(
  { owner }: Pick<ReviewRow, 'owner'>,
  actor: string,
): void {
  if (owner !== actor) {
    throw new NotAllowedError(
      `Only the owner of the review, ${owner}, can sign it off`,
    );
  }
}

/** False where more is known by now than what was proven. */
async function seal(
  { knex, history }: SignOffOptions,
  {
    reviewId,
    actor,
    proofs,
    provenAt,
  }: {
    reviewId: string;
    actor: string;
    proofs: Awaited<ReturnType<typeof proveAll>>;
    provenAt: Revision;
  },
): Promise<boolean> {
  return inTransaction(knex, async tx => {
    const review = await lockOpen(tx, reviewId);
    refuseOthers(review, actor);
    const { revision: head } = await tx('history_clock').first('revision');
    if (head !== provenAt) {
      return false;
    }
    if (review.state !== 'remediation') {
      throw new ConflictError(
        `Review ${reviewId} has items that are not decided, or not made yet`,
      );
    }
    const counts: Record<string, number> = { keep: 0, revoke: 0, defer: 0 };
    for await (const row of everyItem(tx, reviewId)) {
      if (row.decision === 'undecided') {
        throw new ConflictError(`Item ${row.id} is not decided: try again`);
      }
      counts[row.decision] += 1;
      if (row.decision === 'revoke') {
        const proof = proofs.get(row.id);
        if (!proof || proof.version !== row.version) {
          throw new ConflictError('Items were changed meanwhile: try again');
        }
        await tx('review_items')
          .where({ id: row.id })
          .update({ sealed: JSON.stringify(proof.remediation) });
      }
    }
    const hash = await sealOf(tx, reviewId);
    await tx('reviews')
      .where({ id: reviewId })
      .update({
        state: 'completed',
        seal: hash,
        ended_at: await databaseTime(tx),
      });
    await history.ledger.append(tx, {
      kind: 'review.signed-off',
      actor,
      subject: reviewId,
      payload: {
        seal: hash,
        revision: review.revision,
        counts,
        gaps: gapsOf(review).map(({ dataset, container, reason }) => ({
          dataset,
          container,
          reason: reason.code,
        })),
      },
    });
    return true;
  });
}

async function proveAll(options: SignOffOptions, reviewId: string) {
  const review = await options
    .knex<ReviewRow>('reviews')
    .where({ id: reviewId })
    .first();
  const pinned = review?.revision as Revision;
  const proofs = new Map<
    string,
    { version: number; remediation: Remediation }
  >();
  const blocked = new Map<string, number>();
  const revoked = everyItem(options.knex, reviewId, { decision: 'revoke' });
  for await (const row of revoked) {
    const remediation = await remediationOf(options, row, pinned);
    const { state } = remediation;
    proofs.set(row.id, { version: row.version, remediation });
    if (BLOCKING.includes(state)) {
      blocked.set(state, (blocked.get(state) ?? 0) + 1);
    }
  }
  if (blocked.size > 0) {
    const said = [...blocked].map(([state, count]) => `${count} ${state}`);
    throw new ConflictError(
      `Revoked access is not proven to be gone: ${said.join(', ')}`,
    );
  }
  return proofs;
}

/** The items of a review in their order; memory stays constant. */
export async function* everyItem(
  knex: Knex,
  reviewId: string,
  only: Partial<Pick<ItemRow, 'decision'>> = {},
): AsyncGenerator<ItemRow> {
  let after = 0;
  for (;;) {
    const rows: ItemRow[] = await knex<ItemRow>('review_items')
      .where({ review_id: reviewId, ...only })
      .where('ordinal', '>', after)
      .orderBy('ordinal')
      .limit(BATCH)
      .select();
    yield* rows;
    if (rows.length < BATCH) {
      return;
    }
    after = Number(rows[rows.length - 1].ordinal);
  }
}

/**
 * The hash over all items of a review, as they stand now. That of a review that was signed off stays
 * the one in the ledger, also when reasons were erased.
 */
export async function sealOf(knex: Knex, reviewId: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const row of everyItem(knex, reviewId)) {
    hash.update(`${sealedLine(row)}\n`);
  }
  return hash.digest('hex');
}

/** One line of what is sealed: ids and facts; the reason as a hash. */
function sealedLine(row: ItemRow) {
  return JSON.stringify([
    row.id,
    row.version,
    row.dataset,
    row.connection,
    row.container,
    row.principal_kind,
    row.principal_id,
    factsOf(row),
    row.reviewer,
    row.because,
    row.decision,
    row.decided_by,
    row.decided_for,
    row.decided_at,
    row.reason_hash,
    sealedOf(row) ?? null,
  ]);
}
