// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { databaseTime, inTransaction } from '../history';
import { type CoverageOptions, coverageOf } from './coverage';
import { type AcceptedGaps, keepGapsReason, refuseGaps } from './gaps';
import { refuseLateStart } from './overdueRule';
import { ownersOf, type ReviewRow, scopeOf } from './rows';
import { withSystemOwners } from './systems';

/**
 * Pins a draft to what is known now. Throws a ConflictError while something in scope is not whole,
 * unless the owner accepts exactly what they were shown of it.
 */
export async function beginReview(
  options: CoverageOptions & { knex: Knex },
  draft: ReviewRow,
  actor: string,
  accepted?: AcceptedGaps,
): Promise<void> {
  const { knex, history, systems } = options;
  const { id, owner } = draft;
  refuseLateStart(draft, await databaseTime(knex));
  const scope = scopeOf(draft);
  const { revision, sources, gaps } = await coverageOf(options, scope);
  const owners = await withSystemOwners(
    systems,
    scope.connection,
    revision,
    ownersOf(draft),
  );
  if (sources.length === 0) {
    throw new ConflictError(
      'Nothing is in scope: the group or space is gone, or cannot be seen',
    );
  }
  refuseGaps(gaps, accepted, { owner, actor });
  await inTransaction(knex, async tx => {
    const changed = await tx('reviews')
      .where({ id, state: 'draft', owner })
      .update({
        state: 'in-progress',
        revision,
        not_started: null,
        gaps: JSON.stringify(gaps),
        owners: JSON.stringify(owners),
        containers: JSON.stringify(sources),
        containers_total: sources.length,
        started_at: await databaseTime(tx),
      });
    if (changed === 0) {
      throw new ConflictError(
        `Review ${id} was started already, has ended or got another owner: read it again`,
      );
    }
    const reasonHash =
      accepted && gaps.length > 0
        ? await keepGapsReason(tx, id, actor, accepted.reason)
        : undefined;
    await history.ledger.append(tx, {
      kind: 'review.started',
      actor,
      subject: id,
      payload: {
        revision,
        containers: sources.length,
        gaps: gaps.map(({ dataset, container, reason }) => ({
          dataset,
          container,
          reason: reason.code,
        })),
        ...(reasonHash !== undefined && { reasonHash }),
      },
    });
  });
}
