// SPDX-License-Identifier: Apache-2.0
import type {
  CheckContext,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { controlsOf } from './controls';
import {
  Judgement,
  KnownAccount,
  knownAccounts,
  noPersons,
  unused,
} from './judgement';

const WORDS =
  'admin administrator contact finance hello help helpdesk hr info it marketing no-reply noreply office ops root sales security service shared support team test user';

const parameters = z
  .strictObject({
    /** What an email of nobody in particular begins with, before its `@`. */
    words: z.array(z.string().min(1)).default(WORDS.split(' ')),
  })
  .prefault({});

type Parameters = z.output<typeof parameters>;

function judge(
  { account }: KnownAccount,
  email: { isGeneric: boolean; isKnown: boolean },
  isLinked: boolean,
): Judgement {
  const facts = { 'accounts.class': account.class };
  if (account.class === 'shared') {
    return { verdict: 'fail', reason: 'shared-account', facts };
  }
  if (email.isGeneric) {
    return { verdict: 'warning', reason: 'generic-email', facts };
  }
  if (isLinked) {
    const requires: Judgement['requires'] = ['people'];
    return { verdict: 'pass', reason: 'identified', facts, requires };
  }
  return email.isKnown
    ? { verdict: 'pass', reason: 'personal-email', facts, requires: [] }
    : { verdict: 'unknown', reason: 'email-hidden', facts };
}

async function* evaluate(
  context: CheckContext<Parameters>,
): AsyncIterable<CheckResult> {
  const { data } = context;
  const { words } = context.parameters;
  const people = await data.peopleByAccount();
  for (const connection of context.connections) {
    const directoryGap = data.gap(connection, 'directory');
    for await (const page of knownAccounts(context, connection)) {
      const ids = page.map(({ accountId }) => accountId);
      const generic = await data.accountsNamed(ids, words);
      const emails = await data.knownEmails(ids);
      for (const known of page) {
        const { accountId } = known;
        const email = {
          isGeneric: generic.has(accountId),
          isKnown: emails.has(accountId),
        };
        yield {
          connection,
          subjectId: accountId,
          ...(noPersons(known.account) ??
            unused({ ...known, ...(directoryGap && { entry: undefined }) }) ??
            judge(known, email, people.has(accountId))),
        };
      }
    }
  }
}

/** One account is one person. */
export const sharedAccount: ConfluenceCheck<typeof parameters> = {
  id: 'access.shared-account',
  title: 'No account is shared by several people',
  description:
    'No account is one of several people. An account whose email begins with a word such as info or support, of the parameter words, is a warning: it may be one. An account of nobody known whose email is hidden is unknown. Checks learn only whether an email is such a one, never the email. That people share a password of a personal account shows nowhere.',
  severity: 'medium',
  subjectKind: 'account',
  requires: ['accounts', 'people'],
  improves: ['directory'],
  parameters,
  controls: controlsOf('access.shared-account'),
  howToFix: [
    'Ask who uses the account, and give each of them an account of their own: open admin.atlassian.com, choose the organization, then Directory, then Users, and press Invite users.',
    'For an integration, make a service account instead: under Directory choose Service accounts.',
    'Remove the shared account under Directory, then Users.',
    'Press Sync now: the finding ends with the next complete read.',
  ],
  state: 'ready',
  evaluate,
};
