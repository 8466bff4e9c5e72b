// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { Revision } from '../words';
import { countRows } from './counts';
import { standing } from './page';
import { keyOf, perConnection, Ref } from './refs';

/** How the group of the licensed population is named: by id where somebody chose it, else by name. */
export interface UserGroupName {
  id?: string;
  name: string;
}

/** The connections, and the user group of each that names one. */
export type UserGroups = () => Array<{
  id: string;
  title?: string;
  userGroup?: UserGroupName;
}>;

/** A user group as it stood at a revision. */
export interface UserGroupState {
  id: string;
  /** A changed scope cannot confirm it any more. */
  outOfScope: boolean;
  /** Absent while its members were never read completely. */
  members?: number;
}

/** The group that a name means at a revision: by id, else by exact name; undefined where it does not stand. */
async function groupAt(
  knex: Knex,
  connection: string,
  { id, name }: UserGroupName,
  revision: Revision,
): Promise<Omit<UserGroupState, 'members'> | undefined> {
  const select = knex('history_groups as g')
    .where('g.source', connection)
    .where(either => {
      either.where('g.name', name);
      if (id !== undefined) {
        either.orWhere('g.key', id);
      }
    })
    .orderBy('g.row_id')
    .select('g.key', 'g.out_of_scope_since');
  const rows: Array<{ key: string; out_of_scope_since: string | null }> =
    await standing(select, 'g', revision);
  const row = rows.find(({ key }) => key === id) ?? rows[0];
  return row && { id: row.key, outOfScope: row.out_of_scope_since !== null };
}

/** Whether the members of a group were read completely at least once by a revision. */
async function everWhole(
  knex: Knex,
  connection: string,
  group: string,
  revision: Revision,
): Promise<boolean> {
  const read = await knex('history_reads as r')
    .where({
      'r.source': connection,
      'r.dataset': 'memberships',
      'r.container': group,
      'r.mode': 'full',
      'r.outcome': 'complete',
    })
    .where('r.published_at', '<=', revision)
    .first('r.ordinal');
  return read !== undefined;
}

/** The user group of a connection; undefined where it names none, or one that does not stand. */
export async function userGroupAt(
  knex: Knex,
  userGroups: UserGroups,
  connection: string,
  revision: Revision,
): Promise<UserGroupState | undefined> {
  const named = userGroups().find(({ id }) => id === connection)?.userGroup;
  const group = named && (await groupAt(knex, connection, named, revision));
  if (!group || !(await everWhole(knex, connection, group.id, revision))) {
    return group;
  }
  const counts = await countRows(
    knex,
    { table: 'history_memberships', column: 'group_id' },
    [{ connection, id: group.id }],
    revision,
  );
  return { ...group, members: counts.get(keyOf(connection, group.id)) ?? 0 };
}

/** Connection to user group, of those whose members are known: only there somebody is outside. */
export type Populations = Map<string, string>;

export async function populationsAt(
  knex: Knex,
  userGroups: UserGroups,
  connections: string[],
  revision: Revision,
): Promise<Populations> {
  const populations: Populations = new Map();
  for (const { id, userGroup } of userGroups()) {
    if (userGroup && connections.includes(id)) {
      const group = await groupAt(knex, id, userGroup, revision);
      if (group && (await everWhole(knex, id, group.id, revision))) {
        populations.set(id, group.id);
      }
    }
  }
  return populations;
}

/** The members of a user group. */
export function membersOf(
  knex: Knex,
  [connection, group]: [connection: string, group: string],
  revision: Revision,
): Knex.QueryBuilder {
  const members = memberships(knex, connection, revision);
  return members.where('u.group_id', group);
}

/** Leaves only the accounts outside the user groups, or only the others. */
export function onlyPopulation(
  knex: Knex,
  query: Knex.QueryBuilder,
  population: 'inside' | 'outside',
  populations: Populations,
  revision: Revision,
): void {
  const outside = (any: Knex.QueryBuilder) => {
    any.whereRaw('1 = 0');
    for (const [connection, group] of populations) {
      any.orWhere(part =>
        part.where('a.source', connection).whereNotExists(
          // By key: along any other index it would be looked for among all members of a group.
          memberships(knex, connection, revision)
            .whereRaw('u.key = ? || a.key', [memberKey(group, '')])
            .select(knex.raw('1')),
        ),
      );
    }
  };
  if (population === 'outside') {
    query.where(outside);
  } else if (populations.size > 0) {
    query.whereNot(outside);
  }
}

/** Says of some accounts whether each is outside; undefined where nobody can be. */
export async function outsidersAmong(
  knex: Knex,
  populations: Populations,
  accounts: Ref[],
  revision: Revision,
): Promise<(account: Ref) => boolean | undefined> {
  const inside = new Set<string>();
  await perConnection(accounts, async (connection, ids) => {
    const group = populations.get(connection);
    if (group !== undefined) {
      const keys = ids.map(id => memberKey(group, id));
      const rows: Array<{ id: string }> = await memberships(
        knex,
        connection,
        revision,
      )
        .whereIn('u.key', keys)
        .select({ id: 'u.account_id' });
      rows.forEach(({ id }) => inside.add(keyOf(connection, id)));
    }
  });
  return ({ connection, id }) =>
    populations.has(connection)
      ? !inside.has(keyOf(connection, id))
      : undefined;
}

function memberships(
  knex: Knex,
  connection: string,
  revision: Revision,
): Knex.QueryBuilder {
  const select = knex
    .from('history_memberships as u')
    .where('u.source', connection);
  return standing(select, 'u', revision);
}

/** The key of a membership. */
function memberKey(group: string, account: string): string {
  return `${group}/${account}`;
}
