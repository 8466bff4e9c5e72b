// SPDX-License-Identifier: Apache-2.0
import type {
  PageRecord,
  Policy,
  PolicyCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ShownVerdict } from '../components/VerdictTag';
import { useWords } from '../translation/useWords';

const order = ['fail', 'unknown', 'warning', 'excepted', 'pass'];

type Said = Pick<PolicyCheck, 'verdict' | 'reason' | 'exception'>;

/** What one check says, or that an exception covers it; one that waits covers nothing yet. */
export const shownAs = ({ verdict, exception }: Said): ShownVerdict =>
  exception?.status === 'live' ? 'excepted' : verdict;

/** What a policy is called by the reason of its worst verdict. */
const names: Record<
  string,
  'edited' | 'unapproved' | 'missing' | 'overdue' | 'unfinished'
> = {
  'edited-since-approval': 'edited',
  'other-text-than-approved': 'edited',
  'never-approved': 'unapproved',
  'document-missing': 'missing',
  'not-touched': 'overdue',
  'review-overdue': 'overdue',
  'document-empty': 'unfinished',
  'placeholder-text': 'unfinished',
  'headings-missing': 'unfinished',
};

/**
 * The worst that the checks say of a policy, the first of its kind, and what is excepted after what is
 * open; unknown before they ran.
 */
export function worstOf({ checks = [], verdict, reason }: Policy): Said {
  // The verdict of the policy itself is that of one of them.
  const all: Said[] = checks.length > 0 ? checks : [{ verdict, reason }];
  const found = order.flatMap(one => all.filter(each => shownAs(each) === one));
  return found[0] ?? { verdict: 'unknown', reason };
}

/** A policy's state in a word or two; undefined where the verdict says it. */
export function useStateName() {
  const t = useWords();
  return ({ verdict, reason }: ReturnType<typeof worstOf>) => {
    if (verdict === 'pass') {
      return t('policies.state.current');
    }
    const name = names[reason.code];
    return name && t(`policies.state.${name}`);
  };
}

/** The one current page of a policy; undefined where there are none or several. */
export function currentPage({ pages }: Policy): PageRecord | undefined {
  const current = pages.filter(({ status }) => status === 'current');
  return current.length === 1 ? current[0] : undefined;
}
