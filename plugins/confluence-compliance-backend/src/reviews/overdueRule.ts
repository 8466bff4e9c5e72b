// SPDX-License-Identifier: Apache-2.0
import { ConflictError, InputError } from '@backstage/errors';
import {
  BY_OVERDUE_RULE,
  type OverdueRule,
  type Reason,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ReviewRow } from './rows';

/** Why a rule decided, as decisions, history and CSV say it; undefined where a person did. */
export function ruleOf(decidedBy: string | null): Reason | undefined {
  return decidedBy === BY_OVERDUE_RULE
    ? {
        code: 'undecided-when-due',
        text: 'Nobody had decided when the review was due',
      }
    : undefined;
}

/** Throws an InputError for a rule that would never be applied. */
export function checkOverdueRule(asked: {
  overdueRule?: OverdueRule;
  dueAt?: string;
}): void {
  const { overdueRule = 'keep-open', dueAt } = asked;
  if (overdueRule !== 'keep-open' && dueAt === undefined) {
    throw new InputError(
      `dueAt must say when overdueRule is to ${overdueRule} what is undecided`,
    );
  }
}

/** Whether its rule decides in place of reviewers from now on. */
export function ruleDecides(
  review: Pick<ReviewRow, 'overdue_rule' | 'due_at'>,
  now: string,
): boolean {
  const { overdue_rule: rule, due_at: dueAt } = review;
  return (
    rule !== 'keep-open' &&
    dueAt !== null &&
    Date.parse(dueAt) <= Date.parse(now)
  );
}

/** Throws a ConflictError where a review would be decided by its rule before anybody saw it. */
export function refuseLateStart(review: ReviewRow, now: string): void {
  if (ruleDecides(review, now)) {
    throw new ConflictError(
      `The review was due at ${review.due_at}, and its overdueRule would ${review.overdue_rule} everything at once: make one that is due later`,
    );
  }
}
