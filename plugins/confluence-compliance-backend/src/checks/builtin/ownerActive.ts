// SPDX-License-Identifier: Apache-2.0
import type {
  CheckAccount,
  CheckContext,
  CheckPolicy,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { controlsOf } from './controls';
import { isOut, Judgement } from './judgement';
import { isShutOut, LinkedPerson } from './linkedPeople';
import { documentOf } from './policyPages';

const parameters = z.strictObject({}).prefault({});

/** What is known of the account that owns a page. */
interface PageOwner {
  account?: CheckAccount;
  person?: LinkedPerson;
  isOut: boolean;
}

function judgeOwner({ account, person, isOut: out }: PageOwner): Judgement {
  const facts = {
    ...(account && { 'accounts.status': account.accountStatus }),
    ...(person && { 'people.status': person.status }),
  };
  if (person?.status === 'departed') {
    return { verdict: 'fail', reason: 'owner-left', facts };
  }
  if (!account) {
    const reason = 'account-not-read';
    return { verdict: 'unknown', reason, facts, restsOnAbsence: true };
  }
  if (out || isShutOut(account)) {
    return { verdict: 'fail', reason: 'owner-not-active', facts };
  }
  if (account.accountStatus === 'unknown') {
    return { verdict: 'unknown', reason: 'account-not-read', facts };
  }
  switch (person?.status) {
    case 'employed':
      return { verdict: 'pass', reason: 'owner-employed', facts };
    case 'missing':
      return { verdict: 'warning', reason: 'person-missing', facts };
    default:
      return { verdict: 'unknown', reason: 'no-person', facts };
  }
}

async function judge(
  { data }: CheckContext,
  connection: string,
  policy: CheckPolicy,
  people: ReadonlyMap<string, LinkedPerson>,
): Promise<Judgement> {
  const found = documentOf(policy);
  if ('judgement' in found) {
    return found.judgement;
  }
  const { id, ownerId } = found.page;
  const gap = policy.gap ?? found.page.gap;
  const about = { resource: `page:${id}` };
  if (ownerId === undefined) {
    const reason = 'page-not-read';
    return { verdict: 'unknown', reason, facts: {}, about };
  }
  if (ownerId === null) {
    return { verdict: 'fail', reason: 'no-page-owner', facts: {}, about };
  }
  const accounts = await data.accountsOf(connection, [ownerId]);
  // What a directory said of somebody stands while it is not whole: it must not bring them back.
  const entries = await data.directoryOf(connection, [ownerId]);
  return {
    requires: [...policy.requires, 'accounts', 'people'],
    ...(gap && { gap }),
    about: { ...about, account: ownerId },
    ...judgeOwner({
      account: accounts.get(ownerId),
      person: people.get(ownerId),
      isOut: isOut(entries.get(ownerId)),
    }),
  };
}

async function* evaluate(context: CheckContext): AsyncIterable<CheckResult> {
  const { data } = context;
  const people = await data.peopleByAccount();
  for (const connection of context.connections) {
    for (const policy of await data.policies(connection)) {
      yield {
        connection,
        subjectId: policy.id,
        ...(await judge(context, connection, policy, people)),
      };
    }
  }
}

/** Somebody answers for every policy. */
export const ownerActive: ConfluenceCheck<typeof parameters> = {
  id: 'policy.owner-active',
  title: 'Every policy belongs to somebody who is employed',
  description:
    'The owner of the page of each required policy can sign in and is linked to a person who is employed. Policies without one current page are judged by policy.document-set-up.',
  severity: 'medium',
  subjectKind: 'policy',
  where: 'policies',
  requires: ['accounts', 'people', 'spaces', 'pages', 'labels'],
  improves: ['directory'],
  parameters,
  controls: controlsOf('policy.owner-active'),
  howToFix: [
    'Agree on who answers for the policy.',
    'Open the page, choose More actions, then Transfer ownership, and name them. An administrator of the space can do so for somebody who has left.',
    'When the owner is right and nobody is linked to the account, link it: see the finding of access.user-identified.',
    'Press Sync now: the finding ends with the next complete read.',
  ],
  state: 'ready',
  evaluate,
};
