// SPDX-License-Identifier: Apache-2.0
import type {
  ContainerOwner,
  PreviewReview,
  ReviewerRule,
  ReviewGap,
  ReviewScope,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Revision } from '../history';
import { gapsOf, ownersOf, type ReviewRow, rulesOf, scopeOf } from './rows';

/** What of a review says which assignments are in it, and who decides on them. */
export interface ReviewPlan {
  scope: ReviewScope;
  revision: Revision;
  gaps: ReviewGap[];
  /** Who decides; refs in lower case. */
  deciders: Deciders;
}

/** Who decides on the items of a review; refs in lower case. */
export interface Deciders {
  rules: ReviewerRule[];
  /** Who is named for the whole review. */
  reviewer?: string;
  owners: ContainerOwner[];
  fallback: string;
  /** Of the review. */
  owner: string;
}

/** The plan of a review that is pinned to a revision. */
export function planOf(row: ReviewRow): ReviewPlan {
  return {
    scope: scopeOf(row),
    revision: row.revision as Revision,
    gaps: gapsOf(row),
    deciders: decidersOf(row),
  };
}

/** Who decides on the items of a review, as it stands. */
export function decidersOf(row: ReviewRow): Deciders {
  return {
    rules: rulesOf(row),
    reviewer: row.reviewer ?? undefined,
    owners: ownersOf(row),
    fallback: row.fallback_reviewer,
    owner: row.owner,
  };
}

/** Who would decide as somebody asks for it; undefined where they do not say yet. */
export function decidersAsked(
  actor: string,
  asked: Omit<PreviewReview, 'scope'>,
): Deciders | undefined {
  const { reviewer, reviewers, owners = [], fallbackReviewer, owner } = asked;
  return fallbackReviewer === undefined
    ? undefined
    : {
        rules: reviewers ?? (reviewer === undefined ? [] : ['named']),
        reviewer: reviewer?.toLowerCase(),
        owners: owners.map(one => ({
          ...one,
          owner: one.owner.toLowerCase(),
        })),
        fallback: fallbackReviewer.toLowerCase(),
        owner: (owner ?? actor).toLowerCase(),
      };
}
