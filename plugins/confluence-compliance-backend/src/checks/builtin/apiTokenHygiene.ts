// SPDX-License-Identifier: Apache-2.0
import type {
  CheckAccount,
  CheckContext,
  CheckCredential,
  CheckDirectoryEntry,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { controlsOf } from './controls';
import { isOut, Judgement } from './judgement';
import { isShutOut, LinkedPerson } from './linkedPeople';
import { isBlocked, isExpired } from './tokens';

const days = (standard: number) => z.number().int().min(1).default(standard);

const parameters = z
  .strictObject({
    /** For how many days a token may be made. */
    lifetimeDays: days(365),
    /** After how many days without use it fails. */
    unusedDays: days(90),
  })
  .prefault({});

type Parameters = z.output<typeof parameters>;

/** What is known of whose token it is. */
interface Owner {
  account?: CheckAccount;
  entry?: CheckDirectoryEntry;
  person?: LinkedPerson;
}

/** Why the owner should not have it any more. */
function ofOwner({ account, entry, person }: Owner): string | undefined {
  if (person?.status === 'departed') {
    return 'token-of-leaver';
  }
  return isOut(entry) || (account && isShutOut(account))
    ? 'token-of-inactive'
    : undefined;
}

/** Why its dates are not as they should be; undefined where they are. */
function ofDates(
  { createdAt, expiresAt, lastUsedAt }: CheckCredential,
  { lifetimeDays, unusedDays }: Parameters,
  now: DateTime,
): Pick<Judgement, 'verdict' | 'reason' | 'restsOnAbsence'> | undefined {
  if (!createdAt || !expiresAt) {
    return { verdict: 'unknown', reason: 'token-dates-not-said' };
  }
  const made = DateTime.fromISO(createdAt);
  // A day more, since Atlassian rounds the day up.
  if (DateTime.fromISO(expiresAt) > made.plus({ days: lifetimeDays + 1 })) {
    return { verdict: 'fail', reason: 'token-lives-too-long' };
  }
  const isOld = now > made.plus({ days: unusedDays });
  if (!lastUsedAt) {
    return isOld
      ? { verdict: 'unknown', reason: 'token-use-not-said' }
      : undefined;
  }
  // It may have been used since the list was read.
  return now > DateTime.fromISO(lastUsedAt).plus({ days: unusedDays })
    ? { verdict: 'fail', reason: 'token-unused', restsOnAbsence: true }
    : undefined;
}

function judge(
  token: CheckCredential,
  owner: Owner,
  chosen: Parameters,
  now: DateTime,
): Judgement {
  const facts = {
    'credentials.status': token.status,
    'credentials.createdAt': token.createdAt,
    'credentials.expiresAt': token.expiresAt,
  };
  const isOver = isExpired(token, now);
  if (isOver || isBlocked(token)) {
    return {
      verdict: 'not-applicable',
      reason: 'token-over',
      facts,
      // Time ends a token for good; what is blocked can be let in again unseen.
      restsOnAbsence: !isOver,
    };
  }
  const wrong = ofOwner(owner);
  if (wrong) {
    return { verdict: 'fail', reason: wrong, facts };
  }
  return {
    facts,
    ...(ofDates(token, chosen, now) ?? {
      verdict: 'pass',
      reason: 'token-in-order',
      // That nobody is known to have left says something only where all are known.
      requires: ['accounts', 'directory', 'people'],
    }),
  };
}

async function* evaluate(
  context: CheckContext<Parameters>,
): AsyncIterable<CheckResult> {
  const { data, signal, parameters: chosen } = context;
  const now = DateTime.fromJSDate(context.now);
  const people = await data.peopleByAccount();
  for (const connection of context.connections) {
    const gap = data.gap(connection, 'credentials', 'api-tokens');
    for await (const rows of data.credentials(connection)) {
      signal.throwIfAborted();
      const tokens = rows.filter(({ payload }) => payload.kind === 'api-token');
      const ids = [...new Set(tokens.map(row => row.payload.accountId))];
      const accounts = await data.accountsOf(connection, ids);
      const entries = await data.directoryOf(connection, ids);
      for (const { key, payload } of tokens) {
        const { accountId } = payload;
        const owner = {
          account: accounts.get(accountId),
          entry: entries.get(accountId),
          person: people.get(accountId),
        };
        yield {
          connection,
          subjectId: key,
          about: { account: accountId },
          requires: ['directory'],
          gap,
          ...judge(payload, owner, chosen, now),
        };
      }
    }
  }
}

/** Tokens end, are used, and belong to somebody who is there. */
export const apiTokenHygiene: ConfluenceCheck<typeof parameters> = {
  id: 'nhi.api-token-hygiene',
  title: 'API tokens end, are used and belong to somebody active',
  description:
    'Every API token of a managed account was made for no more days than the parameter lifetimeDays says, was used within unusedDays, and its owner can sign in and has not left. Tokens that are over or blocked are not judged. Tokens of accounts that the organization does not manage are not listed by Atlassian.',
  severity: 'high',
  subjectKind: 'credential',
  requires: ['credentials', 'directory', 'accounts', 'people'],
  listedBy: ['credentials'],
  improves: [],
  parameters,
  controls: controlsOf('nhi.api-token-hygiene'),
  howToFix: [
    'Ask the owner what the token is for; the page of the account lists its tokens.',
    'When nobody needs it, the owner opens id.atlassian.com, chooses Security, then Create and manage API tokens, and revokes it.',
    'When the owner cannot, open admin.atlassian.com and choose the organization, then Security, then API tokens, find the token and press Revoke.',
    'When it is needed, make a new one that ends sooner, or let a service account do the work.',
    'To shorten all new ones, open Security, then Authentication policies, and limit how long API tokens live.',
    'Press Sync now: the finding ends with the next complete read.',
  ],
  state: 'needs-organization-key',
  evaluate,
};
