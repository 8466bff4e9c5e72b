// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { Revision } from '../words';
import {
  describePrincipalAccess,
  describeSpaceAccess,
  PrincipalAccess,
  SpaceAccess,
} from './access';
import { rankSql } from './accessLevel';
import {
  GrantPair,
  grantsIn,
  grantsOfAccounts,
  grantsTo,
  PAIR,
} from './grantRows';
import { ListPlan, readPage } from './page';

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

/** What an account can do, one item per space and principal by which it can, space by space. */
export async function readAccountAccess(
  knex: Knex,
  { accountId, ...options }: AccessPage & { accountId: string },
): Promise<Page<SpaceAccess>> {
  const { connection } = options;
  const plan = pairsOf(
    'account-access',
    { connection, accountId },
    revision => grantsOfAccounts(knex, connection, [accountId], revision),
    PAIR,
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
    (pairs, at) => describePrincipalAccess(knex, connection, pairs, at),
  );
}

/** The most powerful of what some accounts can do, and how many pairs of space and principal there are. */
export async function readTopAccess(
  knex: Knex,
  options: AccessScope & { accountIds: string[]; limit: number },
): Promise<Top<SpaceAccess>> {
  const { connection, accountIds, revision, limit } = options;
  const { items, total } = await top(
    knex,
    () => grantsOfAccounts(knex, connection, accountIds, revision),
    limit,
  );
  return {
    items: await describeSpaceAccess(knex, connection, items, revision),
    total,
  };
}

/** The most powerful of what is granted to a group, and in how many spaces something is. */
export async function readGroupAccess(
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
