// SPDX-License-Identifier: Apache-2.0
import {
  type RemediationState,
  remediationStateSchema,
  type ReviewSummary,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { databaseTime } from '../history';
import { type DescribeOptions, describeOpened } from './describe';
import { ruleOf } from './overdueRule';
import type { PreviewOptions } from './preview';
import { proofOf, type ProofOptions } from './proof';
import { factsOf, type ReviewRow, sealedOf } from './rows';
import { everyItem } from './signOff';

const MOST = 200;

/** A review in numbers: as sealed, and before that as of now. */
export async function summarize(
  options: DescribeOptions & PreviewOptions & ProofOptions,
  review: ReviewRow,
): Promise<ReviewSummary> {
  const { knex } = options;
  const remediations = Object.fromEntries(
    remediationStateSchema.options.map(state => [state, 0]),
  ) as Record<RemediationState, number>;
  let overruled = 0;
  let byRule = 0;
  for await (const row of everyItem(knex, review.id)) {
    const { decision } = row;
    if (decision === 'revoke') {
      const { state } = sealedOf(row) ?? (await proofOf(options, row));
      remediations[state] += 1;
    }
    if (ruleOf(row.decided_by)) {
      byRule += 1;
    } else if (decision !== 'undecided') {
      overruled += decision === factsOf(row).recommendation ? 0 : 1;
    }
  }
  return {
    review: await describeOpened(options, review),
    at: await databaseTime(knex),
    overruled,
    byRule,
    reviewers: await reviewersOf(knex, review.id),
    remediations,
  };
}

async function reviewersOf(
  knex: Knex,
  reviewId: string,
): Promise<ReviewSummary['reviewers']> {
  const [undecided, revoke] = ['undecided', 'revoke'].map(decision =>
    knex.raw('sum(case when decision = ? then 1 else 0 end) as ??', [
      decision,
      decision,
    ]),
  );
  const rows: Array<Record<string, unknown>> = await knex('review_items')
    .where({ review_id: reviewId })
    .groupBy('reviewer')
    .select({ reviewer: 'reviewer' }, undecided, revoke)
    .count({ total: '*' })
    .orderBy([{ column: 'total', order: 'desc' }, { column: 'reviewer' }])
    .limit(MOST);
  return rows.map(row => ({
    reviewer: String(row.reviewer),
    total: Number(row.total),
    undecided: Number(row.undecided),
    revoke: Number(row.revoke),
  }));
}
