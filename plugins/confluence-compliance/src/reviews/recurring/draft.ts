// SPDX-License-Identifier: Apache-2.0
import type {
  ReviewCadence,
  ReviewTemplate,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ScopeDraft } from '../ScopeFields';
import { newDraft, type ReviewDraft } from '../useReviewDraft';

const narrower = ['admins', 'guests', 'changed'] as const;

/** What a form about a template begins with. */
export function draftOf(template?: ReviewTemplate): ReviewDraft {
  if (!template) {
    return newDraft;
  }
  const { reviewer = '', reviewers, owners = [], fallbackReviewer } = template;
  return {
    scope: scopeDraftOf(template),
    reviewers: {
      rules: reviewers ?? (reviewer ? ['named'] : []),
      reviewer,
      owners: owners.map(({ title, ...one }) => ({
        ...one,
        name: title ?? one.id,
      })),
      fallback: fallbackReviewer,
    },
  };
}

function scopeDraftOf({ scope, scopeTitle }: ReviewTemplate): ScopeDraft {
  const kinds = ['system', 'group', 'space'] as const;
  const kind = kinds.find(one => scope[one] !== undefined);
  return {
    connection: scope.connection,
    kind: kind ?? 'connection',
    container: kind && scope[kind],
    name: scopeTitle,
    only: new Set(narrower.filter(one => scope[one])),
  };
}

/** A cadence as a choice of a list, such as `3` for so many months. */
export const choiceOf = (cadence: ReviewCadence): string =>
  cadence === 'system' ? cadence : String(cadence.months);

export const cadenceOf = (choice: string): ReviewCadence =>
  choice === 'system' ? choice : { months: Number(choice) };

/**
 * An id that says nothing: it stands in the ledger, where what somebody wrote must not.
 */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
