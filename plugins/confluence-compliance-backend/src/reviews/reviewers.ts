// SPDX-License-Identifier: Apache-2.0
import { parseEntityRef } from '@backstage/catalog-model';
import type { ReviewerRule } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { History, PersonPayload } from '../history';
import {
  type ItemRow,
  type ItemSource,
  ownersOf,
  type ReviewRow,
  rulesOf,
} from './rows';
import { peopleBehind } from './selfReview';

type Found = Pick<ItemRow, 'reviewer' | 'because'>;

/** What an item is about, as far as its reviewer depends on it. */
export interface Reviewed {
  kind: string;
  id: string;
  person?: PersonPayload;
}

/**
 * Who decides on an item: the first rule that finds a user who is not who it is about; else the
 * fallback reviewer, and where it is about them, the owner of the review.
 */
export async function reviewerOf(
  history: Pick<History, 'intervalsOf'>,
  review: ReviewRow,
  source: ItemSource,
  one: Reviewed,
): Promise<Found> {
  const behind =
    one.kind === 'account'
      ? await peopleBehind(history, one.id)
      : new Set<string>();
  for (const rule of rulesOf(review)) {
    const ref = candidate(rule, review, source, one);
    if (ref !== undefined && isUser(ref) && !behind.has(ref)) {
      return { reviewer: ref, because: rule };
    }
  }
  const { fallback_reviewer: fallback, owner } = review;
  const other = behind.has(fallback) && !behind.has(owner);
  return { reviewer: other ? owner : fallback, because: 'fallback' };
}

function candidate(
  rule: ReviewerRule,
  review: ReviewRow,
  { dataset, key }: ItemSource,
  { person }: Reviewed,
): string | undefined {
  const kind = dataset === 'grants' ? 'space' : 'group';
  switch (rule) {
    case 'manager':
      return person?.managerRef?.toLowerCase();
    case 'named':
      return review.reviewer ?? undefined;
    default:
      return rule === `${kind}-owner`
        ? ownersOf(review).find(one => one.kind === kind && one.id === key)
            ?.owner
        : undefined;
  }
}

/** A group decides nothing: somebody in it has to. */
function isUser(ref: string): boolean {
  try {
    return parseEntityRef(ref).kind.toLowerCase() === 'user';
  } catch {
    return false;
  }
}
