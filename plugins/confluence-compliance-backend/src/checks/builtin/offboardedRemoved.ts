// SPDX-License-Identifier: Apache-2.0
import type {
  CheckAccount,
  CheckContext,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { DateTime, Duration } from 'luxon';
import { z } from 'zod';
import { controlsOf } from './controls';
import { GONE, LinkedPerson, unread } from './linkedPeople';
import { markOutside } from './outsiders';

const parameters = z
  .strictObject({
    /** How long after departure access may still stand. */
    sla: z
      .strictObject({
        days: z.number().min(0).optional(),
        hours: z.number().min(0).optional(),
        minutes: z.number().min(0).optional(),
      })
      .default({ hours: 24 }),
  })
  .prefault({});

type Parameters = z.output<typeof parameters>;

/** What the source said of one account, and where it still is. */
export interface AccountAccess {
  account: CheckAccount;
  person?: LinkedPerson;
  /** Ids of the groups it is in, sorted. */
  groups: string[];
}

type Judgement = Pick<CheckResult, 'verdict' | 'reason' | 'facts'>;

/** The verdict on one account; facts are named `<dataset>.<field>`. */
export function judge(
  { account, person, groups }: AccountAccess,
  { now, sla }: { now: DateTime; sla: Duration },
): Judgement {
  const status = account.accountStatus.toLowerCase();
  const ofAccount = {
    'accounts.status': account.accountStatus,
    'accounts.listed': account.listed,
  };
  const isMachine = account.class === 'service' || account.class === 'app';
  // An email decides the class; a link to a person outweighs it.
  if (isMachine && !person) {
    return {
      verdict: 'not-applicable',
      reason: 'machine-account',
      facts: { 'accounts.class': account.class },
    };
  }
  if (!person) {
    return status === 'active' || account.listed
      ? { verdict: 'unknown', reason: 'no-person', facts: ofAccount }
      : { verdict: 'not-applicable', reason: 'no-access', facts: ofAccount };
  }
  if (person.status === 'employed') {
    return {
      verdict: 'pass',
      reason: 'employed',
      facts: { 'people.status': person.status },
    };
  }
  const facts = {
    ...ofAccount,
    'people.status': person.status,
    ...(person.endDate && { 'people.endDate': person.endDate }),
    ...(person.departedAt && { 'people.departedAt': person.departedAt }),
    'memberships.groups': groups,
  };
  const verdict = (as: Judgement['verdict'], reason: string): Judgement => ({
    verdict: as,
    reason,
    facts,
  });
  const inGroups = groups.length > 0;
  if (GONE.includes(status) && !inGroups) {
    return verdict('pass', 'removed');
  }
  if (person.status !== 'departed') {
    return verdict('warning', 'person-missing');
  }
  // A departure without a known moment has no grace: nobody knows how long ago it was.
  const due = person.departedAt
    ? DateTime.fromISO(person.departedAt).plus(sla)
    : now;
  const late = now >= due;
  if (GONE.includes(status)) {
    return verdict('warning', late ? 'still-member' : 'within-sla');
  }
  if (status === 'active') {
    if (!inGroups && !account.listed) {
      return verdict('pass', 'no-access-here');
    }
    return late
      ? verdict('fail', 'still-active')
      : verdict('warning', 'within-sla');
  }
  return status === 'suspended'
    ? verdict('warning', 'only-suspended')
    : verdict('unknown', 'status-unknown');
}

/** Groups of the accounts whose person is not known to be employed; nobody else's are needed. */
async function groupsByAccount(
  { data }: CheckContext<Parameters>,
  connection: string,
  people: ReadonlyMap<string, LinkedPerson>,
): Promise<Map<string, string[]>> {
  const groups = new Map<string, string[]>();
  for await (const rows of data.memberships(connection)) {
    for (const { accountId, groupId } of rows.map(row => row.payload)) {
      if (people.get(accountId)?.status !== 'employed') {
        groups.set(accountId, [...(groups.get(accountId) ?? []), groupId]);
      }
    }
  }
  return groups;
}

async function* evaluate(
  context: CheckContext<Parameters>,
): AsyncIterable<CheckResult> {
  const terms = {
    now: DateTime.fromJSDate(context.now),
    sla: Duration.fromObject(context.parameters.sla),
  };
  const people = await context.data.peopleByAccount();
  for (const connection of context.connections) {
    const groups = await groupsByAccount(context, connection, people);
    const outsiders = await context.data.outsiders(connection);
    const resultOf = (
      subjectId: string,
      access: AccountAccess,
    ): CheckResult => ({
      connection,
      subjectId,
      ...markOutside(judge(access, terms), outsiders, subjectId),
    });
    for await (const rows of context.data.accounts(connection)) {
      context.signal.throwIfAborted();
      for (const { key, payload } of rows) {
        const own = (groups.get(key) ?? []).sort();
        groups.delete(key);
        yield resultOf(key, {
          account: payload,
          person: people.get(key),
          groups: own,
        });
      }
    }
    // Whoever is a member and was not read as an account must not go unseen.
    for (const [subjectId, ids] of groups) {
      yield resultOf(subjectId, {
        account: unread,
        person: people.get(subjectId),
        groups: ids.sort(),
      });
    }
  }
}

/** Whoever left has no access any more. */
export const offboardedRemoved: ConfluenceCheck<typeof parameters> = {
  id: 'access.offboarded-removed',
  title: 'People who left have no access to Confluence',
  description:
    'No active account and no group membership is left for a person whose employment ended, once the agreed time has passed. An account that belongs to nobody known is unknown, never a pass.',
  severity: 'critical',
  subjectKind: 'account',
  requires: ['accounts', 'memberships', 'people'],
  improves: ['grants', 'directory', 'credentials'],
  parameters,
  controls: controlsOf('access.offboarded-removed'),
  howToFix: [
    'Open admin.atlassian.com and choose the organization.',
    'Open Directory, then Users, and find the account.',
    'Under Actions choose Deactivate account when the account is managed by your organization, otherwise Remove user. Suspend access is reversible and does not settle this finding.',
    'Open Directory, then Groups, and remove the account from every group it is still in.',
    'Press Sync now: the finding ends with the next complete read.',
  ],
  state: 'ready',
  evaluate,
};
