// SPDX-License-Identifier: Apache-2.0
import type {
  Page,
  RemediatedItem,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ComplianceConfig } from '../config';
import type { Revision } from '../history';
import { type DescribeOptions, describeItems } from './describe';
import { type PageQuery, readItems } from './lists';
import type { ProofOptions } from './proof';
import { ownerOf, stepsFor } from './remediating';
import { describeRemoval, removalsOf } from './removals';
import { remediationOf, type ResidualOptions } from './residual';
import { type ReviewRow, sealedOf } from './rows';

export type RemediationsOptions = DescribeOptions &
  ProofOptions &
  ResidualOptions & {
    config: { reviews: Pick<ComplianceConfig['reviews'], 'removal'> };
  };

/** Items that were revoked with what became of them: as sealed once that is so, else as of now. */
export async function pageOfRemediations(
  options: RemediationsOptions,
  review: ReviewRow,
  page: PageQuery,
): Promise<Page<RemediatedItem>> {
  const { knex, history, config } = options;
  const filter = { reviewId: review.id, decision: 'revoke' } as const;
  const revision = await history.head();
  const { rows, ...rest } = await readItems(knex, filter, {
    ...page,
    revision,
  });
  const described = await describeItems(options, rows);
  const removals = await removalsOf(knex, rows);
  const { enabled } = config.reviews.removal;
  const items: RemediatedItem[] = [];
  for (const [i, row] of rows.entries()) {
    const remediation =
      sealedOf(row) ??
      (await remediationOf(options, row, review.revision as Revision));
    const item = described[i];
    items.push({
      item,
      remediation,
      steps: stepsFor(item),
      removal: describeRemoval(removals.get(row.id)),
      ...(enabled && { removalEnabled: true as const }),
      ...ownerOf(review, row),
    });
  }
  return { ...rest, items };
}
