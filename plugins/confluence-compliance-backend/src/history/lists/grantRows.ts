// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { chunks } from '../engine';
import type { Revision } from '../words';
import { rankSql } from './accessLevel';
import { standing } from './page';

/** Everybody on the internet. */
export const ANONYMOUS = 'anonymous-users';
/** Access classes that every active account is in. */
const EVERYBODY = [ANONYMOUS, 'authenticated-users'];
/** The access class that every active account is in, but for guests and apps. */
const LICENSED = 'all-licensed-users';
const UNLICENSED = ['guest', 'app'];

/** What one principal can do in one space, before its rows are read. */
export interface GrantPair {
  space_id: string;
  principal_type: string;
  principal_id: string;
}

/** A grant, with its rank. */
export interface GrantRow extends GrantPair {
  operation: string;
  target: string;
  opened: Revision;
  rank: number;
}

/** The columns that make a pair. */
export const PAIR = ['space_id', 'principal_type', 'principal_id'].map(
  column => `g.${column}`,
);

/** Grants of a connection that stand at a revision. */
function grants(
  knex: Knex,
  connection: string,
  revision: Revision,
  alias = 'g',
): Knex.QueryBuilder {
  return standing(
    knex
      .from(`history_grants as ${alias}`)
      .where(`${alias}.source`, connection),
    alias,
    revision,
  );
}

const columns = [...PAIR, 'g.operation', 'g.target'];

/** Grants in one space. */
export function grantsIn(
  knex: Knex,
  connection: string,
  spaceId: string,
  revision: Revision,
): Knex.QueryBuilder {
  return grants(knex, connection, revision).where('g.space_id', spaceId);
}

/** Grants to one principal. */
export function grantsTo(
  knex: Knex,
  connection: string,
  principal: { type: string; id: string },
  revision: Revision,
): Knex.QueryBuilder {
  return grants(knex, connection, revision).where({
    'g.principal_type': principal.type,
    'g.principal_id': principal.id,
  });
}

/**
 * Grants by which accounts reach spaces: their own, those of their groups, and those of access
 * classes that they are surely in. A grant to a group of several of them can be there repeatedly.
 */
export function grantsOfAccounts(
  knex: Knex,
  connection: string,
  accountIds: string[],
  revision: Revision,
): Knex.QueryBuilder {
  const to = (type: string, ids: string[] | Knex.QueryBuilder) =>
    grants(knex, connection, revision, 't')
      .where('t.principal_type', type)
      .whereIn('t.principal_id', ids as string[])
      .select(columns.map(column => column.replace('g.', 't.')));
  const memberships = standing(
    knex
      .from('history_memberships as m')
      .where('m.source', connection)
      .whereIn('m.account_id', accountIds)
      .select('m.group_id'),
    'm',
    revision,
  );
  const active = () =>
    standing(
      knex
        .from('history_accounts as a')
        .where({ 'a.source': connection, 'a.status': 'active' })
        .whereIn('a.key', accountIds)
        .select(knex.raw('1')),
      'a',
      revision,
    );
  const licensed = active().whereNotIn('a.class', UNLICENSED);
  const union = to('account', accountIds).unionAll([
    to('group', memberships),
    to('access-class', EVERYBODY).whereExists(active()),
    to('access-class', [LICENSED]).whereExists(licensed),
  ]);
  return knex.from(union.as('g'));
}

/** All grants of some pairs. */
export async function rowsOfPairs(
  knex: Knex,
  connection: string,
  pairs: GrantPair[],
  revision: Revision,
): Promise<GrantRow[]> {
  const asked = new Set(pairs.map(nameOf));
  const rows: GrantRow[] = [];
  for (const part of chunks(pairs)) {
    const distinct = (column: keyof GrantPair) => [
      ...new Set(part.map(pair => pair[column])),
    ];
    const found: GrantRow[] = await grants(knex, connection, revision)
      .whereIn('g.space_id', distinct('space_id'))
      .whereIn('g.principal_type', distinct('principal_type'))
      .whereIn('g.principal_id', distinct('principal_id'))
      .select([...columns, 'g.opened'])
      .select(knex.raw(`${rankSql('g')} as rank`));
    rows.push(...found.filter(row => asked.has(nameOf(row))));
  }
  return rows;
}

/** How a pair is found again. */
export function nameOf(pair: GrantPair): string {
  return JSON.stringify([
    pair.space_id,
    pair.principal_type,
    pair.principal_id,
  ]);
}
