// SPDX-License-Identifier: Apache-2.0
import type { IdentityLinkPayload } from '../history';

/** A person in a personnel source. */
export type PersonId = Pick<IdentityLinkPayload, 'source' | 'person'>;

/** What is known about who an account belongs to. */
export interface LinkEvidence {
  /** The link that stands. */
  existing?: IdentityLinkPayload;
  /** People who name this account id as theirs. */
  named: PersonId[];
  /** People with the account's known email; undefined when it may not count or is not known. */
  sameEmail?: PersonId[];
}

export interface LinkDecision {
  link?: IdentityLinkPayload;
  /** Several people claim the account: nothing is guessed. */
  ambiguous: boolean;
}

/**
 * Whom an account belongs to. Somebody's word goes first, then the account id, then the email. A link
 * that stands is kept until something known contradicts it: a hidden email or a missing person does
 * not.
 */
export function decideLink(evidence: LinkEvidence): LinkDecision {
  const { existing, named, sameEmail = [] } = evidence;
  if (existing?.how === 'manual') {
    return { link: existing, ambiguous: false };
  }
  if (named.length > 1) {
    return { ambiguous: true };
  }
  if (named.length === 1) {
    return { link: { ...named[0], how: 'account-id' }, ambiguous: false };
  }
  if (sameEmail.length === 1) {
    return { link: { ...sameEmail[0], how: 'email' }, ambiguous: false };
  }
  if (sameEmail.length > 1) {
    const stands = sameEmail.some(
      id => id.source === existing?.source && id.person === existing.person,
    );
    return { link: stands ? existing : undefined, ambiguous: true };
  }
  return { link: existing, ambiguous: false };
}
