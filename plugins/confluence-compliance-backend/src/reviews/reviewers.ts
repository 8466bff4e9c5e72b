// SPDX-License-Identifier: Apache-2.0
import { parseEntityRef } from '@backstage/catalog-model';
import type { ReviewerRule } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { PersonPayload } from '../history';
import type { Deciders } from './plan';
import type { ItemRow, ItemSource } from './rows';

/** Who decides on an item, and by which rule. */
export interface Found extends Pick<ItemRow, 'reviewer' | 'because'> {
  /** It is about them, or they are no user, so that somebody else has to be found. */
  cannot: boolean;
}

/** What an item is about, as far as its reviewer depends on it. */
interface Reviewed {
  person?: PersonPayload;
  /** Refs, in lower case, of whom its account ever belonged to. */
  ever: ReadonlySet<string>;
}

/**
 * Who decides on an item: the first rule that finds a user who is not who it is about; else the
 * fallback reviewer, and where it is about them, the owner of the review.
 */
export function reviewerOf(
  deciders: Deciders,
  source: Pick<ItemSource, 'dataset' | 'key'>,
  about: Reviewed,
): Found {
  const { rules, fallback, owner } = deciders;
  const { ever } = about;
  for (const rule of rules) {
    const ref = candidate(rule, deciders, source, about);
    if (ref !== undefined && isUser(ref) && !ever.has(ref)) {
      return { reviewer: ref, because: rule, cannot: false };
    }
  }
  const reviewer = ever.has(fallback) && !ever.has(owner) ? owner : fallback;
  const cannot = ever.has(reviewer) || !isUser(reviewer);
  return { reviewer, because: 'fallback', cannot };
}

function candidate(
  rule: ReviewerRule,
  { reviewer, owners }: Deciders,
  { dataset, key }: Pick<ItemSource, 'dataset' | 'key'>,
  { person }: Reviewed,
): string | undefined {
  const kind = dataset === 'grants' ? 'space' : 'group';
  switch (rule) {
    case 'manager':
      return person?.managerRef?.toLowerCase();
    case 'named':
      return reviewer;
    default:
      return rule === `${kind}-owner`
        ? owners.find(one => one.kind === kind && one.id === key)?.owner
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
