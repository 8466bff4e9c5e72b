// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { Revision } from '../words';
import type { AccountRow } from './accountFacts';
import { CatalogOptions, entityRef, subjectNames } from './entities';
import { standing } from './page';
import { keyOf, perConnection, Ref } from './refs';

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
    // A cross join tells SQLite to begin with the links.
    .crossJoin(knex.raw('history_accounts as a'))
    .whereRaw('a.key = l.key')
    .whereIn('a.source', connections)
    .select({
      connection: 'a.source',
      id: 'a.key',
      payload: 'a.payload',
      person: 'l.person',
    });
  const rows: PersonAccountRow[] = await standing(select, 'a', revision);
  const placeOf = (row: PersonAccountRow) => keyOf(row.connection, row.id);
  return rows.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
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
    .crossJoin(knex.raw('history_memberships as m'))
    .whereRaw('m.account_id = l.key')
    .whereIn('m.source', connections)
    // No index has this order, so that nobody walks along one to group a few.
    .groupByRaw(`m.source, coalesce(m.group_id, '')`)
    .select({ connection: 'm.source' })
    .select(knex.raw(`coalesce(m.group_id, '') as id`))
    .countDistinct({ people: 'l.person' })
    .orderByRaw('3 desc, 1, 2')
    .limit(limit);
  const rows: Array<Ref & { people: number | string }> = await standing(
    counted,
    'm',
    revision,
  );
  const titles = await groupTitles(knex, rows, revision);
  const names = await subjectNames(knex, 'group', rows);
  return rows.map(({ connection, id, people: count }) => {
    const key = keyOf(connection, id);
    return {
      connection,
      groupId: id,
      name: titles.get(key) ?? id,
      people: Number(count),
      entityRef: entityRef('group', catalog, names.get(key)),
    };
  });
}

async function groupTitles(
  knex: Knex,
  refs: Ref[],
  revision: Revision,
): Promise<Map<string, string>> {
  const titles = new Map<string, string>();
  await perConnection(refs, async (connection, ids) => {
    const groups = knex('history_groups as g')
      .where('g.source', connection)
      .whereIn('g.key', ids)
      .select('g.key', 'g.name');
    for (const { key, name } of await standing(groups, 'g', revision)) {
      titles.set(keyOf(connection, key), name);
    }
  });
  return titles;
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
