// SPDX-License-Identifier: Apache-2.0
import type { CheckPerson } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { Judgement } from './judgement';

/** Who answers for an account, as somebody said. */
export interface ToldOwner {
  /** A team does not leave. */
  isTeam: boolean;
  /** Of a person whom a source has. */
  status?: CheckPerson['status'];
}

/** What a ref that somebody named stands for. */
export function toldOwner(
  ref: string | undefined,
  statuses: ReadonlyMap<string, CheckPerson['status']>,
): ToldOwner | undefined {
  if (!ref) {
    return undefined;
  }
  const folded = ref.toLowerCase();
  return folded.startsWith('group:')
    ? { isTeam: true }
    : { isTeam: false, status: statuses.get(folded) };
}

/** Whether whoever was named is there. */
export function judgeOwner({ isTeam, status }: ToldOwner): Judgement {
  const requires: Judgement['requires'] = ['people'];
  if (isTeam) {
    return { verdict: 'pass', reason: 'owned-by-team', facts: {} };
  }
  const facts = { ...(status && { 'people.status': status }) };
  switch (status) {
    case 'employed':
      return { verdict: 'pass', reason: 'owner-employed', facts, requires };
    case 'departed':
      return { verdict: 'fail', reason: 'owner-left', facts };
    case 'missing':
      return { verdict: 'warning', reason: 'person-missing', facts };
    default:
      return {
        verdict: 'fail',
        reason: 'owner-not-known',
        facts,
        restsOnAbsence: true,
        requires,
      };
  }
}
