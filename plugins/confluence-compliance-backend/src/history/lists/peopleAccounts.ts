// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { Revision } from '../words';
import type { AccountRow } from './accountFacts';
import { CatalogOptions, entityRef, subjectNames } from './entities';
import { standing } from './page';
import { keyOf } from './refs';

/** An account and whose it is. */
export interface PersonAccountRow extends AccountRow {
  person: string;
}

/** A group and how many of some people are in it. */
export interface CommonGroup {
  connection: string;
  groupId: string;
  name: string;
  people: number;
  entityRef?: string;
}

/** The accounts that are linked to people, in the given connections. */
export async function accountsOfPeople(
  knex: Knex,
  connections: string[],
  people: string[],
  revision: Revision,
): Promise<PersonAccountRow[]> {
  const select = linked(knex, people, revision)
    .join('history_accounts as a', 'a.key', 'l.key')
    .whereIn('a.source', connections)
    .orderBy(['a.source', 'a.key'])
    .select({
      connection: 'a.source',
      id: 'a.key',
      payload: 'a.payload',
      person: 'l.person',
    });
  return standing(select, 'a', revision);
}

/** The groups that most of these people are in, with any of their accounts. */
export async function commonGroups(
  knex: Knex,
  catalog: CatalogOptions,
  options: {
    connections: string[];
    people: string[];
    limit: number;
    revision: Revision;
  },
): Promise<CommonGroup[]> {
  const { connections, people, limit, revision } = options;
  const counted = linked(knex, people, revision)
    .join('history_memberships as m', 'm.account_id', 'l.key')
    .whereIn('m.source', connections)
    .groupBy('m.source', 'm.group_id')
    .select({ connection: 'm.source', id: 'm.group_id' })
    .countDistinct({ people: 'l.person' });
  const rows: Array<{
    connection: string;
    id: string;
    name: string;
    people: number | string;
  }> = await standing(
    knex
      .from(standing(counted, 'm', revision).as('c'))
      .join('history_groups as g', join =>
        join.on('g.source', 'c.connection').andOn('g.key', 'c.id'),
      ),
    'g',
    revision,
  )
    .orderBy([
      { column: 'c.people', order: 'desc' },
      'g.name',
      'c.connection',
      'c.id',
    ])
    .limit(limit)
    .select('c.connection', 'c.id', 'g.name', 'c.people');
  const names = await subjectNames(knex, 'group', rows);
  return rows.map(({ connection, id, name, people: count }) => ({
    connection,
    groupId: id,
    name,
    people: Number(count),
    entityRef: entityRef('group', catalog, names.get(keyOf(connection, id))),
  }));
}

function linked(
  knex: Knex,
  people: string[],
  revision: Revision,
): Knex.QueryBuilder {
  const links = knex
    .from('history_identity_links as l')
    .where('l.source', 'identity')
    .whereIn('l.person', people);
  return standing(links, 'l', revision);
}
