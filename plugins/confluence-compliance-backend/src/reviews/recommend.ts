// SPDX-License-Identifier: Apache-2.0
import type { DecisionKind } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { PersonPayload } from '../history';
import type { ItemFacts } from './rows';

/** Nobody who uses something stays away from it for longer, in ms. */
const INACTIVE_MS = 90 * 24 * 60 * 60_000;

/** Why something is recommended, in words. */
export const REASONS: Record<string, string> = {
  'account-not-active': 'The account is not active',
  'person-departed': 'The person has left',
  'revoked-before': 'It was revoked the last time, and stands again',
  'inactive-90-days': 'The account was not active for 90 days',
  'person-missing': 'The person is not in the personnel source any more',
  'nobody-identified': 'Nobody is identified behind the account',
  'open-high-finding': 'A high or critical finding about the account is open',
  'guest-administers': 'A guest administers it',
  'came-back': 'It was gone since the last review, and stands again',
  'deferred-before': 'It was deferred the last time',
  'kept-unchanged': 'It was kept the last time and is unchanged',
  'active-lately': 'The account was active in the last 90 days',
};

/**
 * What is recommended, with all the reasons for it: revoke before a closer look before keep. `at` is
 * the moment, in ms, that the last activity is held against.
 */
export function recommend(
  facts: Omit<ItemFacts, 'recommendation' | 'reasons'>,
  person: PersonPayload | undefined,
  at: number,
): Pick<ItemFacts, 'recommendation' | 'reasons'> {
  const { delta, last, lastActive, openFindings, status } = facts;
  const revokedBefore = delta?.kind === 'came-back' && last?.kind === 'revoke';
  const activeAt = lastActive?.value && Date.parse(lastActive.value);
  const inactive = Boolean(activeAt) && at - Number(activeAt) > INACTIVE_MS;
  const notActive = status?.value !== undefined && status.value !== 'active';
  const all: Array<[DecisionKind, string, boolean]> = [
    ['revoke', 'account-not-active', notActive],
    ['revoke', 'person-departed', person?.status === 'departed'],
    ['revoke', 'revoked-before', revokedBefore],
    ['revoke', 'inactive-90-days', inactive],
    ['defer', 'person-missing', person?.status === 'missing'],
    ['defer', 'nobody-identified', !facts.identified],
    ['defer', 'open-high-finding', (openFindings?.high ?? 0) > 0],
    ['defer', 'guest-administers', facts.admin && facts.class === 'guest'],
    ['defer', 'came-back', delta?.kind === 'came-back' && !revokedBefore],
    ['defer', 'deferred-before', last?.kind === 'defer'],
    [
      'keep',
      'kept-unchanged',
      delta?.kind === 'unchanged' && last?.kind === 'keep',
    ],
    ['keep', 'active-lately', Boolean(activeAt) && !inactive],
  ];
  const found = all.filter(([, , holds]) => holds);
  const recommendation = found[0]?.[0] ?? 'keep';
  return {
    recommendation,
    reasons: found
      .filter(([kind]) => kind === recommendation)
      .map(([, reason]) => reason),
  };
}

/** Keeping an item that stands out needs a reason, as revoking and deferring always do. */
export function keepNeedsReason(facts: ItemFacts): boolean {
  const { admin, identified, openFindings, recommendation } = facts;
  return (
    recommendation !== 'keep' ||
    admin ||
    !identified ||
    facts.class === 'guest' ||
    (openFindings?.high ?? 0) > 0
  );
}

/** Whether it may be kept together with others: kept before, unchanged, and nothing stands out. */
export function isLowRisk(facts: ItemFacts): boolean {
  return (
    facts.delta?.kind === 'unchanged' &&
    facts.last?.kind === 'keep' &&
    !keepNeedsReason(facts)
  );
}
