// SPDX-License-Identifier: Apache-2.0
import type {
  CheckAccount,
  CheckContext,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { whoToName } from '../../history';
import { controlsOf } from './controls';
import { DELETED, LinkedPerson, statusByPerson, unread } from './linkedPeople';
import { markOutside } from './outsiders';
import { judgeOwner, type ToldOwner, toldOwner } from './toldOwner';

const parameters = z.strictObject({}).prefault({});

/** What is known of one account and of whom it belongs to. */
export interface AccountIdentity {
  account: CheckAccount;
  person?: LinkedPerson;
  /** Who answers for it, as somebody said. */
  owner?: ToldOwner;
  inGroups: boolean;
  /** Whether its email was ever seen. */
  emailKnown: boolean;
  /** Outside the user group of its connection; `gap` says why that is not certain. */
  outside?: { gap?: string };
}

type Judgement = Omit<CheckResult, 'connection' | 'subjectId'>;

/** The verdict on one account; facts are named `<dataset>.<field>`. */
export function judge(identity: AccountIdentity): Judgement {
  const { account, person, owner, inGroups, emailKnown, outside } = identity;
  const facts = {
    'accounts.class': account.class,
    'accounts.status': account.accountStatus,
    'accounts.listed': account.listed,
  };
  if (person) {
    return {
      verdict: 'pass',
      reason: 'identified',
      facts: { 'people.status': person.status },
    };
  }
  if (account.class === 'app') {
    return { verdict: 'not-applicable', reason: 'machine-account', facts };
  }
  if (!inGroups && DELETED.includes(account.accountStatus.toLowerCase())) {
    return { verdict: 'not-applicable', reason: 'account-closed', facts };
  }
  if (!inGroups && !account.listed) {
    return {
      verdict: 'not-applicable',
      reason: 'no-access-here',
      facts,
      restsOnAbsence: true,
      requires: ['accounts', 'memberships'],
    };
  }
  if (account === unread) {
    return { verdict: 'unknown', reason: 'account-not-read', facts };
  }
  const wanted = whoToName(account.class, {
    owned: owner !== undefined,
    outside: outside !== undefined,
  });
  if (owner && wanted === 'owner') {
    const judgement = judgeOwner(owner);
    return { ...judgement, facts: { ...facts, ...judgement.facts } };
  }
  if (outside && wanted === 'nobody') {
    return {
      verdict: 'not-applicable',
      reason: 'outside-user-group',
      facts,
      restsOnAbsence: true,
      requires: [],
      gap: outside.gap,
    };
  }
  // Nobody was found: somebody may be there who was not read.
  const unidentified = (
    verdict: 'fail' | 'warning',
    reason: string,
  ): Judgement => ({
    verdict,
    reason,
    facts,
    restsOnAbsence: true,
    requires: ['people'],
  });
  if (wanted === 'owner') {
    return unidentified('warning', 'no-owner');
  }
  if (account.class === 'guest') {
    return unidentified('fail', 'guest-of-nobody');
  }
  return emailKnown
    ? unidentified('fail', 'email-of-nobody')
    : { verdict: 'unknown', reason: 'email-hidden', facts };
}

/** Members of groups who belong to nobody known; nobody else's groups are needed. */
async function unlinkedMembers(
  { data }: CheckContext,
  connection: string,
  people: ReadonlyMap<string, LinkedPerson>,
): Promise<Set<string>> {
  const members = new Set<string>();
  for await (const rows of data.memberships(connection)) {
    for (const { accountId } of rows.map(row => row.payload)) {
      if (!people.has(accountId)) {
        members.add(accountId);
      }
    }
  }
  return members;
}

async function* evaluate(context: CheckContext): AsyncIterable<CheckResult> {
  const { data, signal } = context;
  const people = await data.peopleByAccount();
  const statuses = await statusByPerson(data);
  for (const connection of context.connections) {
    const members = await unlinkedMembers(context, connection, people);
    const outsiders = await data.outsiders(connection);
    const resultOf = (
      subjectId: string,
      identity: Omit<AccountIdentity, 'outside'>,
    ): CheckResult => {
      const outside = outsiders?.has(subjectId) ? outsiders : undefined;
      const judgement = judge({ ...identity, outside });
      return {
        connection,
        subjectId,
        ...markOutside(judgement, outsiders, subjectId),
      };
    };
    for await (const rows of data.accounts(connection)) {
      signal.throwIfAborted();
      const unlinked = rows.map(row => row.key).filter(key => !people.has(key));
      const emails = await data.knownEmails(unlinked);
      const owners = await data.owners(unlinked);
      for (const { key, payload: account } of rows) {
        yield resultOf(key, {
          account,
          person: people.get(key),
          owner: toldOwner(owners.get(key), statuses),
          inGroups: members.delete(key),
          emailKnown: emails.has(key),
        });
      }
    }
    // Whoever is a member and was not read as an account must not go unseen.
    for (const subjectId of members) {
      yield resultOf(subjectId, {
        account: unread,
        inGroups: true,
        emailKnown: false,
      });
    }
  }
}

/** Somebody answers for every account. */
export const userIdentified: ConfluenceCheck<typeof parameters> = {
  id: 'access.user-identified',
  title: 'Every account belongs to a known person',
  description:
    'Every account that can be used is linked to a person of the personnel source; a service account, a guest or a shared account may instead have an owner whom somebody named: a team, or a person who is employed. Apps are not judged, nor people outside the user group of a connection that names one. An account whose email Confluence hides is unknown, never a pass.',
  severity: 'high',
  subjectKind: 'account',
  requires: ['accounts', 'memberships', 'people'],
  improves: ['directory'],
  parameters,
  controls: controlsOf('access.user-identified'),
  howToFix: [
    'Find out whose account it is: open admin.atlassian.com, choose the organization, then Directory, then Users, and open the account.',
    'When it belongs to somebody of yours, open Accounts and press Identify, and choose the person. Or write its account id into the annotation atlassian.net/account-id of their User entity, or give that entity the email of the account.',
    'For a service account, a guest or a shared account, say there what it is and who answers for it.',
    'When it belongs to nobody, press Remove user there, or Deactivate account where the organization manages it.',
    'Press Sync now: the finding ends with the next complete read.',
  ],
  state: 'ready',
  evaluate,
};
