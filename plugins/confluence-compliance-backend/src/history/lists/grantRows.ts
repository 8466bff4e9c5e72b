// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { GrantPayload } from '../datasets';
import { chunks } from '../engine';
import type { Revision } from '../words';
import { rankSql } from './accessLevel';
import type { Classes } from './effects';
import { standing } from './page';

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
  /** Name of the role that gives it; null where a permission does. */
  role: string | null;
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

/** Whose grants are asked for. */
export interface Reaching {
  /** Accounts whose own grants and those of whose groups count. */
  accountIds: string[];
  /** Access classes whose grants count. */
  classes: Classes;
}

/**
 * Grants by which accounts may reach spaces: their own, those of their groups, and those of access
 * classes. A grant to a group of several of them can be there repeatedly.
 */
export function grantsOfAccounts(
  knex: Knex,
  connection: string,
  { accountIds, classes }: Reaching,
  revision: Revision,
): Knex.QueryBuilder {
  const to = (type: string) =>
    grants(knex, connection, revision, 't')
      .where('t.principal_type', type)
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
  const ofClasses = to('access-class');
  const union = to('account')
    .whereIn('t.principal_id', accountIds)
    .unionAll([
      to('group').whereIn('t.principal_id', memberships),
      'only' in classes
        ? ofClasses.whereIn('t.principal_id', classes.only)
        : ofClasses.whereNotIn('t.principal_id', classes.except),
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
    const found: Array<GrantRow & { payload: string }> = await grants(
      knex,
      connection,
      revision,
    )
      .whereIn('g.space_id', distinct('space_id'))
      .whereIn('g.principal_type', distinct('principal_type'))
      .whereIn('g.principal_id', distinct('principal_id'))
      .select([...columns, 'g.opened', 'g.payload'])
      .select(knex.raw(`${rankSql('g')} as rank`));
    for (const { payload, ...row } of found) {
      if (asked.has(nameOf(row))) {
        const { role }: GrantPayload = JSON.parse(payload);
        rows.push({ ...row, role });
      }
    }
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
