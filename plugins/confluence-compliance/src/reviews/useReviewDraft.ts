// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { type ReviewerDraft, reviewersOf } from './ReviewerFields';
import { type ScopeDraft, scopeOf } from './ScopeFields';

/** What a form about a review begins with. */
export interface ReviewDraft {
  scope: ScopeDraft;
  reviewers: ReviewerDraft;
}

/** Nothing is chosen yet. */
export const newDraft: ReviewDraft = {
  scope: { kind: 'connection' },
  reviewers: { rules: ['named'], reviewer: '', owners: [], fallback: '' },
};

/** What a review covers and who decides, as it stands in a form and as it is sent. */
export function useReviewDraft(initial = newDraft) {
  const [draft, setDraft] = useState(initial.scope);
  const [reviewers, setReviewers] = useState(initial.reviewers);
  const changeScope = (next: ScopeDraft) => {
    setDraft(next);
    if (next.connection !== draft.connection) {
      // Groups and spaces of another site.
      setReviewers({ ...reviewers, owners: [], unadded: undefined });
    }
  };
  return {
    draft,
    changeScope,
    reviewers,
    setReviewers,
    /** Undefined while something is missing. */
    scope: scopeOf(draft),
    /** Undefined while something is missing. */
    asked: reviewersOf(reviewers, draft),
  };
}
