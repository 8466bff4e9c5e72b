// SPDX-License-Identifier: Apache-2.0
import { type ReviewerDraft, reviewersOf } from './ReviewerFields';

const OMAR = 'user:default/omar.haddad';
const scope = { connection: 'northwind', kind: 'connection' } as const;
const group = { kind: 'group', id: 'g1', name: 'Leads', owner: OMAR } as const;
const draft: ReviewerDraft = {
  rules: ['group-owner'],
  reviewer: '',
  owners: [group],
  fallback: OMAR,
};

describe('reviewersOf', () => {
  it('asks for nothing while an owner is filled in and not added', () => {
    const asked = {
      fallbackReviewer: OMAR,
      reviewers: ['group-owner'],
      owners: [{ kind: 'group', id: 'g1', owner: OMAR }],
    };
    expect(reviewersOf(draft, scope)).toEqual(asked);
    const filled = (...kinds: Array<'group' | 'space'>) =>
      reviewersOf({ ...draft, unadded: new Set(kinds) }, scope);
    expect(filled('group')).toBeUndefined();
    expect(filled()).toEqual(asked);
    // Nobody is asked for owners of spaces.
    expect(filled('space')).toEqual(asked);
  });
});
