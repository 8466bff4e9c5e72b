// SPDX-License-Identifier: Apache-2.0
import {
  type Access,
  type AccessAccount,
  type Account,
  type AccountGrant,
  accessLevelSchema,
  type Reason,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { toSeen } from '../checks';
import { PEOPLE } from '../people';
import {
  accessReads,
  CardContext,
  CardPart,
  ReadBehind,
  TOP,
} from './CardContext';
import { standingOf } from './freshness';
import { toAccountGrants } from './grantWords';

type AccountId = Pick<Account, 'connection' | 'accountId'>;

const people: ReadBehind = { source: PEOPLE.source, dataset: 'people' };

/** The accounts that are linked to a person, and what they can do. */
export async function personPart(
  context: CardContext,
  person: string,
): Promise<CardPart> {
  const { cards, history, reviewed, revision } = context;
  const connections = reviewed.map(({ id }) => id);
  const accounts = await cards.accountsOfPeople(
    connections,
    [person],
    revision,
  );
  const known = await history.row('people', PEOPLE.source, person, revision);
  const reads = [people, ...accessReads(context, connections)];
  const unknown: Reason = {
    code: 'not-in-personnel-source',
    text: 'Nobody reads this user from a personnel source, so no account can be linked to them.',
  };
  return {
    ...(await partOf(context, accounts, reads)),
    ...(!known && accounts.length === 0 && { incomplete: unknown }),
  };
}

/** The account that a mirrored entity stands for. */
export async function accountPart(
  context: CardContext,
  connection: string,
  id: string,
): Promise<CardPart> {
  const { cards, revision } = context;
  const accounts = await cards.accounts(connection, [id], revision);
  const reads = accessReads(context, [connection]);
  const part = await partOf(context, accounts, reads);
  return accounts.length > 0
    ? part
    : {
        ...part,
        incomplete: {
          code: 'account-not-found',
          text: 'This account is not among those of the site any more.',
        },
      };
}

async function partOf(
  context: CardContext,
  accounts: Account[],
  reads: ReadBehind[],
): Promise<CardPart> {
  const review =
    accounts.length > 0 ? await context.reviewsOf?.(accounts) : undefined;
  return {
    sections: {
      person: {
        accounts: accounts.map(account => toAccessAccount(context, account)),
        ...(await grantsOf(context, accounts, { reads })),
        ...(review && { review }),
      },
    },
    scopes: scopesOf(accounts),
    reads,
  };
}

/** The most powerful of what accounts can do, over all their connections. */
export async function grantsOf(
  context: CardContext,
  accounts: AccountId[],
  options: { reads: ReadBehind[]; showAccounts?: boolean },
): Promise<Pick<NonNullable<Access['person']>, 'grants' | 'grantsInAll'>> {
  const { lists, revision } = context;
  const grants: AccountGrant[] = [];
  let total = 0;
  for (const [connection, accountIds] of byConnection(accounts)) {
    const top = await lists.access.topOfAccounts({
      connection,
      accountIds,
      revision,
      limit: TOP,
    });
    total += top.total;
    const { showAccounts } = options;
    const place = { connection, revision, showAccounts };
    grants.push(...(await toAccountGrants(context, top.items, place)));
  }
  return {
    grants: mostPowerful(grants),
    grantsInAll: await inAll(context, total, options.reads),
  };
}

/** How many grants there are, and why there may be more. */
export async function inAll(
  context: CardContext,
  total: number,
  reads: ReadBehind[],
) {
  const { gaps, readAt } = await standingOf(context, reads);
  const gap = [
    'grants',
    'memberships',
    'spaces',
    'groups',
    'accounts',
    'directory',
    'people',
  ]
    .map(dataset => gaps.get(dataset))
    .find(code => code !== undefined);
  return toSeen(total, gap, readAt);
}

/** Results about accounts. */
export function scopesOf(accounts: AccountId[]) {
  return [...byConnection(accounts)].map(([connection, ids]) => ({
    connection,
    accounts: ids,
  }));
}

function byConnection(accounts: AccountId[]): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const { connection, accountId } of accounts) {
    const known = ids.get(connection) ?? [];
    known.push(accountId);
    ids.set(connection, known);
  }
  return ids;
}

function mostPowerful(grants: AccountGrant[]): AccountGrant[] {
  const { options } = accessLevelSchema;
  return [...grants]
    .sort((a, b) => options.indexOf(a.level) - options.indexOf(b.level))
    .slice(0, TOP);
}

function toAccessAccount(
  { reviewed }: CardContext,
  { connection, accountId, name, facts, groups, person, ...rest }: Account,
): AccessAccount {
  const title = reviewed.find(({ id }) => id === connection)?.title;
  return {
    connection,
    connectionTitle: title ?? connection,
    accountId,
    name,
    status: facts.status.value ?? 'unknown',
    class: rest.class,
    how: person?.how,
    groups,
  };
}
