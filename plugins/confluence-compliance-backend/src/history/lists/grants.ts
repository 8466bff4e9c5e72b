// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { chunks } from '../engine';
import type { Revision } from '../words';
import {
  AccountAccess,
  describePrincipalAccess,
  describeSpaceAccess,
  Principal,
  PrincipalAccess,
  SpaceAccess,
} from './access';
import { rankSql } from './accessLevel';
import type { Organizations } from './directory';
import { Effects, effectsOf } from './effects';
import {
  GrantPair,
  grantsIn,
  grantsOfAccounts,
  grantsTo,
  PAIR,
} from './grantRows';
import { ListPlan, readPage, standing } from './page';

/** One connection at one revision. */
export interface AccessScope {
  connection: string;
  revision: Revision;
}

/** One connection, a page at a time; a cursor brings its own revision. */
export interface AccessPage extends AccessScope {
  cursor?: string;
  limit: number;
}

/** The most powerful of something, and how much there is in all. */
export interface Top<T> {
  items: T[];
  total: number;
}

type Grants = (revision: Revision) => Knex.QueryBuilder;

/**
 * What is granted to an account, one item per space and principal by which it is, space by space.
 * What it does not get all the same, as it is deactivated or the like, says so.
 */
export async function readAccountAccess(
  knex: Knex,
  organizations: Organizations,
  { accountId, ...options }: AccessPage & { accountId: string },
): Promise<Page<AccountAccess>> {
  const { connection } = options;
  const accountIds = [accountId];
  let effects = new Effects(new Map());
  const plan = pairsOf(
    'account-access',
    { connection, accountId },
    revision => {
      const classes = effects.classes({ surely: false });
      const reaching = { accountIds, classes };
      return grantsOfAccounts(knex, connection, reaching, revision);
    },
    PAIR,
  );
  plan.prepare = async revision => {
    const scope = { connection, accountIds, revision };
    effects = await effectsOf(knex, organizations, scope);
  };
  return readPage<GrantPair, AccountAccess>(
    knex,
    plan,
    { ...options, connections: [connection] },
    async (pairs, at) => {
      const found = await describeSpaceAccess(knex, connection, pairs, at);
      return found.map(item => ({
        ...item,
        ...effects.of(accountId, item.principal),
      }));
    },
  );
}

/** What is granted to a group, one item per space. */
export async function readGroupAccess(
  knex: Knex,
  { groupId, ...options }: AccessPage & { groupId: string },
): Promise<Page<SpaceAccess>> {
  const { connection } = options;
  const principal = { type: 'group', id: groupId };
  const plan = pairsOf(
    'group-access',
    { connection, groupId },
    revision => grantsTo(knex, connection, principal, revision),
    ['g.space_id'],
  );
  return readPage<GrantPair, SpaceAccess>(
    knex,
    plan,
    { ...options, connections: [connection] },
    (pairs, at) => describeSpaceAccess(knex, connection, pairs, at),
  );
}

/** Who can do what in a space, one item per principal. */
export async function readSpaceAccess(
  knex: Knex,
  organizations: Organizations,
  { spaceId, ...options }: AccessPage & { spaceId: string },
): Promise<Page<PrincipalAccess>> {
  const { connection } = options;
  const plan = pairsOf(
    'space-access',
    { connection, spaceId },
    revision => grantsIn(knex, connection, spaceId, revision),
    PAIR.slice(1),
  );
  return readPage<GrantPair, PrincipalAccess>(
    knex,
    plan,
    { ...options, connections: [connection] },
    async (pairs, at) => {
      const found = await describePrincipalAccess(knex, connection, pairs, at);
      const accountIds = found.flatMap(({ principal: { type, id } }) =>
        type === 'account' ? [id] : [],
      );
      const scope = { connection, accountIds, revision: at };
      const effects = await effectsOf(knex, organizations, scope);
      return found.map(item => ({
        ...item,
        ...(item.principal.type === 'account' &&
          effects.of(item.principal.id, item.principal)),
      }));
    },
  );
}

/**
 * The most powerful of what some accounts can do, and how many pairs of space and principal there
 * are. What they surely do not get is not among it.
 */
export async function readTopAccess(
  knex: Knex,
  organizations: Organizations,
  options: AccessScope & { accountIds: string[]; limit: number },
): Promise<Top<AccountAccess>> {
  const { connection, revision, limit } = options;
  const effects = await effectsOf(knex, organizations, options);
  const reaching = {
    accountIds: effects.named(),
    classes: effects.classes({ surely: true }),
  };
  const { items, total } = await top(
    knex,
    () => grantsOfAccounts(knex, connection, reaching, revision),
    limit,
  );
  const found = await describeSpaceAccess(knex, connection, items, revision);
  const behind = await accountsBehind(
    knex,
    { connection, revision },
    found.map(({ principal }) => principal),
    options.accountIds,
  );
  return {
    items: found.map(item => ({
      ...item,
      ...effects.best(behind(item.principal), item.principal),
    })),
    total,
  };
}

/** Which of some accounts a principal is, or has in it. */
async function accountsBehind(
  knex: Knex,
  { connection, revision }: AccessScope,
  principals: Principal[],
  accountIds: string[],
): Promise<(principal: Principal) => string[]> {
  const groups = principals.filter(({ type }) => type === 'group');
  const members = new Map<string, string[]>();
  for (const part of chunks(accountIds)) {
    const rows: Array<{ group_id: string; account_id: string }> =
      await standing(
        knex('history_memberships as m')
          .where('m.source', connection)
          .whereIn('m.account_id', part)
          .whereIn(
            'm.group_id',
            groups.map(({ id }) => id),
          )
          .select('m.group_id', 'm.account_id'),
        'm',
        revision,
      );
    rows.forEach(({ group_id: group, account_id: account }) =>
      members.set(group, [...(members.get(group) ?? []), account]),
    );
  }
  return ({ type, id }) => {
    switch (type) {
      case 'account':
        return [id];
      case 'group':
        return members.get(id) ?? [];
      default:
        return accountIds;
    }
  };
}

/** The most powerful of what is granted to a group, and in how many spaces something is. */
export async function readTopGroupAccess(
  knex: Knex,
  options: AccessScope & { groupId: string; limit: number },
): Promise<Top<SpaceAccess>> {
  const { connection, groupId, revision, limit } = options;
  const principal = { type: 'group', id: groupId };
  const { items, total } = await top(
    knex,
    () => grantsTo(knex, connection, principal, revision),
    limit,
  );
  return {
    items: await describeSpaceAccess(knex, connection, items, revision),
    total,
  };
}

/** The principals that can do most in a space, and how many there are. */
export async function readTopSpaceAccess(
  knex: Knex,
  options: AccessScope & { spaceId: string; limit: number },
): Promise<Top<PrincipalAccess>> {
  const { connection, spaceId, revision, limit } = options;
  const { items, total } = await top(
    knex,
    () => grantsIn(knex, connection, spaceId, revision),
    limit,
  );
  return {
    items: await describePrincipalAccess(knex, connection, items, revision),
    total,
  };
}

function pairsOf(
  name: string,
  query: object,
  grants: Grants,
  order: string[],
): ListPlan {
  const pairs: Grants = revision => grants(revision).groupBy(PAIR);
  return {
    name,
    query,
    sort: 'place',
    all: pairs,
    parts: revision => [{ rows: () => pairs(revision).select(PAIR), order }],
  };
}

async function top(
  knex: Knex,
  grants: () => Knex.QueryBuilder,
  limit: number,
): Promise<Top<GrantPair>> {
  const items: GrantPair[] = await grants()
    .groupBy(PAIR)
    .select(PAIR)
    .orderByRaw(`max(${rankSql('g')}) desc`)
    .orderBy(PAIR.map(column => ({ column })))
    .limit(limit);
  const pairs = grants().groupBy(PAIR).select(knex.raw('1 as one')).as('pairs');
  const [{ total }] = await knex.from(pairs).count({ total: '*' });
  return { items, total: Number(total) };
}
