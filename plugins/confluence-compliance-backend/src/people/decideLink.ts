// SPDX-License-Identifier: Apache-2.0
import type { IdentityLinkPayload } from '../history';

/** A person in a personnel source. */
export type PersonId = Pick<IdentityLinkPayload, 'source' | 'person'>;

/** What is known about who an account belongs to. */
export interface LinkEvidence {
  /** What somebody said: a person, or that it belongs to nobody. */
  word?: PersonId | 'nobody';
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
  const { word, named, sameEmail = [] } = evidence;
  if (word === 'nobody') {
    return { ambiguous: false };
  }
  if (word) {
    return { link: { ...word, how: 'manual' }, ambiguous: false };
  }
  // A word that was taken back leaves nothing.
  const existing =
    evidence.existing?.how === 'manual' ? undefined : evidence.existing;
  /** Where several people claim the account, whoever had it before keeps it. */
  const oneOf = (people: PersonId[]): LinkDecision => ({
    link: people.some(
      id => id.source === existing?.source && id.person === existing.person,
    )
      ? existing
      : undefined,
    ambiguous: true,
  });
  if (named.length > 1) {
    return oneOf(named);
  }
  if (named.length === 1) {
    return { link: { ...named[0], how: 'account-id' }, ambiguous: false };
  }
  if (sameEmail.length === 1) {
    return { link: { ...sameEmail[0], how: 'email' }, ambiguous: false };
  }
  if (sameEmail.length > 1) {
    return oneOf(sameEmail);
  }
  return { link: existing, ambiguous: false };
}
