// SPDX-License-Identifier: Apache-2.0
import type {
  CheckAccount,
  CheckDataset,
  CheckDirectoryEntry,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { DateTime, Duration } from 'luxon';
import type { Judgement } from './judgement';
import type { LeftAccess } from './leftAccess';
import { DELETED, GONE, LinkedPerson } from './linkedPeople';
import { someOf } from './spaceSubjects';

/** What was said of one account, and what it still has. */
export interface AccountAccess extends LeftAccess {
  account: CheckAccount;
  /** What the organization says of it. */
  entry?: CheckDirectoryEntry;
  /** Why what the organization said may be over: a stable code. */
  entryGap?: string;
  person?: LinkedPerson;
  /** It is linked to somebody whom no source of people covers any more. */
  notCovered?: boolean;
}

/** What every verdict rests on; only a pass of somebody who left needs more. */
export const BASE: CheckDataset[] = ['accounts', 'memberships', 'people'];

/** Permissions go on naming an account that was deleted, and nobody turns it on again. */
const isDeleted = ({ accountStatus }: CheckAccount) =>
  DELETED.includes(accountStatus.toLowerCase());

/** Why an account that nobody can use does not pass; undefined where nothing is left. */
function leftOf({
  account,
  groups,
  spaces,
  personal,
  tokens,
}: AccountAccess): string | undefined {
  if (groups.length > 0) {
    return 'still-member';
  }
  // Nobody takes their own personal space from an account that is deactivated.
  if (!isDeleted(account) && spaces.length > personal.length) {
    return 'still-named';
  }
  return tokens.length > 0 ? 'still-token' : undefined;
}

/**
 * The status of an account: the word of Confluence, unless the organization says that nobody can sign in
 * with it. What is deactivated is not merely suspended. One that the organization removed is gone only
 * where nothing is left of it: else somebody still lets it in.
 */
function statusOf({ account, entry }: AccountAccess, left: unknown) {
  const status = account.accountStatus.toLowerCase();
  const own = { status, byDirectory: false };
  const { accountStatus, membershipStatus } = entry ?? {};
  if (status === 'closed') {
    return own;
  }
  if (accountStatus && GONE.includes(accountStatus)) {
    return { status: accountStatus, byDirectory: !GONE.includes(status) };
  }
  if (membershipStatus === 'suspended') {
    return { status: 'suspended', byDirectory: true };
  }
  return membershipStatus === 'no_membership' && !left && !GONE.includes(status)
    ? { status: 'removed', byDirectory: true }
    : own;
}

/** The facts on an account of somebody who is not known to be employed. */
function factsOf(
  { account, entry, groups, spaces, tokens }: AccountAccess,
  person: LinkedPerson,
  byDirectory: boolean,
): Judgement['facts'] {
  return {
    'accounts.status': account.accountStatus,
    'accounts.listed': account.listed,
    ...(byDirectory && {
      'directory.status': entry?.accountStatus,
      'directory.membership': entry?.membershipStatus,
    }),
    'people.status': person.status,
    ...(person.endDate && { 'people.endDate': person.endDate }),
    ...(person.departedAt && { 'people.departedAt': person.departedAt }),
    'memberships.groups': [...groups].sort(),
    ...(spaces.length > 0 && someOf('grants.spaces', spaces)),
    ...(tokens.length > 0 && someOf('credentials.tokens', tokens)),
  };
}

/** The verdict on one account; facts are named `<dataset>.<field>`. */
export function judge(
  access: AccountAccess,
  terms: { now: DateTime; sla: Duration },
): Judgement {
  const { account, person, notCovered } = access;
  const isMachine = account.class === 'service' || account.class === 'app';
  if (!person && notCovered) {
    const facts = { 'accounts.status': account.accountStatus };
    const reason = 'person-not-covered';
    return { verdict: 'unknown', reason, facts, requires: BASE };
  }
  // An email decides the class; a link to a person outweighs it.
  if (isMachine && !person) {
    return {
      verdict: 'not-applicable',
      reason: 'machine-account',
      facts: { 'accounts.class': account.class },
      requires: BASE,
    };
  }
  if (!person) {
    const facts = {
      'accounts.status': account.accountStatus,
      'accounts.listed': account.listed,
    };
    const isUsed =
      account.accountStatus.toLowerCase() === 'active' || account.listed;
    return isUsed
      ? { verdict: 'unknown', reason: 'no-person', facts, requires: BASE }
      : {
          verdict: 'not-applicable',
          reason: 'no-access',
          facts,
          requires: BASE,
        };
  }
  if (person.status === 'employed') {
    return {
      verdict: 'pass',
      reason: 'employed',
      facts: { 'people.status': person.status },
      requires: BASE,
    };
  }
  return judgeLeaver(access, person, terms);
}

function judgeLeaver(
  access: AccountAccess,
  person: LinkedPerson,
  { now, sla }: { now: DateTime; sla: Duration },
): Judgement {
  const { account, groups, spaces, personal, tokens, entryGap } = access;
  const left = leftOf(access);
  const { status, byDirectory } = statusOf(access, left);
  const facts = factsOf(access, person, byDirectory);
  // A violation that was seen needs nothing more; a pass rests on all that was not found.
  const verdict = (
    as: 'fail' | 'warning' | 'unknown',
    reason: string,
  ): Judgement => ({ verdict: as, reason, facts, requires: BASE });
  const isGone = [...GONE, 'removed'].includes(status);
  if (isGone && !left) {
    return {
      verdict: 'pass',
      reason: spaces.length > personal.length ? 'deleted' : 'removed',
      facts,
      ...(byDirectory && entryGap && { gap: entryGap }),
    };
  }
  if (person.status !== 'departed') {
    return verdict('warning', 'person-missing');
  }
  // A departure without a known moment has no grace: nobody knows how long ago it was.
  const due = person.departedAt
    ? DateTime.fromISO(person.departedAt).plus(sla)
    : now;
  const late = now >= due;
  if (isGone && left) {
    return verdict('warning', late ? left : 'within-sla');
  }
  if (status === 'active') {
    const isHere = [groups, spaces, tokens].some(ids => ids.length > 0);
    if (!isHere && !account.listed) {
      return { verdict: 'pass', reason: 'no-access-here', facts };
    }
    return late
      ? verdict('fail', 'still-active')
      : verdict('warning', 'within-sla');
  }
  return status === 'suspended'
    ? verdict('warning', 'only-suspended')
    : verdict('unknown', 'status-unknown');
}
