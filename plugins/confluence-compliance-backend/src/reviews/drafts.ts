// SPDX-License-Identifier: Apache-2.0
import type { CreateReview } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Knex } from 'knex';
import { databaseTime, type History } from '../history';
import { checkOverdueRule } from './overdueRule';
import { checkScope } from './systems';

/** Which template a review is made of, and for which period. */
export interface MadeOf {
  template: string;
  period: string;
}

/** Throws an InputError for a review that contradicts itself. */
export function checkDraft(asked: CreateReview): void {
  checkScope(asked.scope);
  checkOverdueRule(asked);
}

/** Makes a draft under this id. */
export async function insertDraft(
  tx: Knex.Transaction,
  history: Pick<History, 'ledger'>,
  id: string,
  actor: string,
  asked: CreateReview,
  madeOf?: MadeOf,
): Promise<void> {
  await tx('reviews').insert({
    id,
    title: asked.title,
    state: 'draft',
    scope: JSON.stringify(asked.scope),
    owner: (asked.owner ?? actor).toLowerCase(),
    reviewer: asked.reviewer?.toLowerCase() ?? null,
    reviewers: asked.reviewers ? JSON.stringify(asked.reviewers) : null,
    owners: JSON.stringify(
      (asked.owners ?? []).map(({ owner, ...of }) => ({
        ...of,
        owner: owner.toLowerCase(),
      })),
    ),
    fallback_reviewer: asked.fallbackReviewer.toLowerCase(),
    due_at: asked.dueAt ? new Date(asked.dueAt).toISOString() : null,
    overdue_rule: asked.overdueRule ?? 'keep-open',
    template: madeOf?.template ?? null,
    template_period: madeOf?.period ?? null,
    created_at: await databaseTime(tx),
    gaps: '[]',
    containers_done: 0,
    containers_total: 0,
  });
  await history.ledger.append(tx, {
    kind: 'review.created',
    actor,
    subject: id,
    payload: {
      scope: asked.scope,
      ...(asked.overdueRule && { overdueRule: asked.overdueRule }),
      ...madeOf,
    },
  });
}
