// SPDX-License-Identifier: Apache-2.0
import type { AccessRule } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type {
  CheckAccount,
  CheckResult,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { GONE, LinkedPerson, unread } from './linkedPeople';

/** What is known of one account that reaches a critical system. */
export interface SystemAccess {
  rule: AccessRule;
  account: CheckAccount;
  person?: LinkedPerson;
  /** It is linked to somebody whom no source of people covers any more. */
  notCovered?: boolean;
  /** In one of the groups that the rule names. */
  allowed: boolean;
  /** A review keeps a group of it, and none decided who is in that group. */
  unsettled?: boolean;
  /** A review over all of the system was signed off. */
  everReviewed?: boolean;
  /** Whether its email was ever seen. */
  emailKnown: boolean;
}

export type Judgement = Omit<CheckResult, 'connection' | 'subjectId'>;

/** Whether an account can use a site: it is in a group, or an active one among its users. */
export function reachesSite(account: CheckAccount, inGroups: boolean): boolean {
  const gone = GONE.includes(account.accountStatus.toLowerCase());
  return inGroups || (account !== unread && account.listed && !gone);
}

/**
 * The verdict on one access. What a rule of groups or reviews was seen to be broken by stands, whoever
 * is behind the account; where it depends on them, and no source covers them any more, nobody can say.
 */
export function judge(access: SystemAccess): Judgement {
  const judgement = judgeBy(access);
  const { rule, person, notCovered } = access;
  const depends =
    rule.kind === 'all-staff' ||
    ['pass', 'not-applicable'].includes(judgement.verdict);
  return notCovered && !person && depends
    ? {
        verdict: 'unknown',
        reason: 'person-not-covered',
        facts: judgement.facts,
      }
    : judgement;
}

/**
 * The verdict where people are covered. A rule of all staff judges people and lets machines be; a rule of groups
 * judges service accounts, too, since they can be in a group like anybody. Apps are never judged: no
 * group admits them. Of an account that is not active, what would fail is a warning; of one that was not
 * read, nobody can say which, nor whether it is an app.
 */
function judgeBy(access: SystemAccess): Judgement {
  const { rule, account, person, allowed } = access;
  const facts = {
    'accounts.status': account.accountStatus,
    'accounts.class': account.class,
    ...(person && { 'people.status': person.status }),
  };
  const gone = GONE.includes(account.accountStatus.toLowerCase());
  const violation = (reason: string): Judgement => {
    if (account === unread) {
      return { verdict: 'unknown', reason: 'account-not-read', facts };
    }
    return gone
      ? { verdict: 'warning', reason: 'still-granted', facts }
      : { verdict: 'fail', reason, facts };
  };
  const machine: Judgement = {
    verdict: 'not-applicable',
    reason: 'machine-account',
    facts,
  };
  // A link to a person outweighs what the account looks like.
  if (account.class === 'app' && !person) {
    return machine;
  }
  // No rule lets somebody keep access who has left, in whatever group they still are.
  if (person && person.status !== 'employed') {
    return judgePerson(person, facts, violation);
  }
  if (rule.kind === 'reviewed') {
    return judgeReviewed(access, facts, violation);
  }
  if (rule.kind === 'groups') {
    const inGroups: Judgement['requires'] = ['groups', 'memberships'];
    return allowed
      ? {
          verdict: 'pass',
          reason: 'in-allowed-group',
          facts,
          requires: [...inGroups, 'people'],
        }
      : {
          ...violation('not-in-allowed-group'),
          restsOnAbsence: true,
          requires: inGroups,
        };
  }
  if (person) {
    return judgePerson(person, facts, violation);
  }
  return account.class === 'service' ? machine : judgeNobody(access, violation);
}

/** Only what a review that is signed off keeps is approved; before the first one nothing is known. */
function judgeReviewed(
  { allowed, unsettled, everReviewed }: SystemAccess,
  facts: Judgement['facts'],
  violation: (reason: string) => Judgement,
): Judgement {
  const requires: Judgement['requires'] = ['groups', 'memberships', 'people'];
  if (allowed) {
    return { verdict: 'pass', reason: 'kept-in-review', facts, requires };
  }
  if (unsettled) {
    return { verdict: 'unknown', reason: 'membership-not-reviewed', facts };
  }
  return everReviewed
    ? {
        ...violation('not-kept-in-review'),
        restsOnAbsence: true,
        requires: ['groups', 'memberships'],
      }
    : { verdict: 'unknown', reason: 'system-not-reviewed', facts };
}

function judgePerson(
  { status }: LinkedPerson,
  facts: Judgement['facts'],
  violation: (reason: string) => Judgement,
): Judgement {
  switch (status) {
    case 'employed':
      return { verdict: 'pass', reason: 'employed', facts };
    case 'departed':
      return violation('departed');
    default:
      return { verdict: 'warning', reason: 'person-missing', facts };
  }
}

/** Of an account without a person: somebody may be there who was not read, or cannot be matched. */
function judgeNobody(
  { account, emailKnown }: SystemAccess,
  violation: (reason: string) => Judgement,
): Judgement {
  const found = violation('');
  if (account === unread) {
    return found;
  }
  const { facts } = found;
  if (account.class === 'person' && !emailKnown) {
    return { verdict: 'unknown', reason: 'email-hidden', facts };
  }
  return {
    ...violation(account.class === 'guest' ? 'guest-of-nobody' : 'not-staff'),
    restsOnAbsence: true,
    requires: ['people'],
  };
}
