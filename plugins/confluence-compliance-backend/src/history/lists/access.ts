// SPDX-License-Identifier: Apache-2.0
import type { AccessLevel } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { SpacePayload } from '../datasets';
import { readProfiles } from '../profiles';
import type { Revision } from '../words';
import { levelOf } from './accessLevel';
import { countRows } from './counts';
import type { Effect } from './effects';
import { revisionTimes } from './findings';
import { GrantPair, GrantRow, nameOf, rowsOfPairs } from './grantRows';
import { standing } from './page';
import { keyOf } from './refs';

/** Who is granted something. */
export interface Principal {
  /** `account`, `group`, `access-class`, or a word of Atlassian's that we do not know. */
  type: string;
  /** Account id, group id, or the name of an access class such as `anonymous-users`. */
  id: string;
  /** Name of the account or group, where it is known. */
  name?: string;
}

/** What a principal can do. */
export interface Powers {
  /** Such as `administer:space`, sorted. */
  operations: string[];
  level: AccessLevel;
  /** Name of the role that gives it, where the space has roles. */
  role?: string;
  /** ISO time since which the oldest of these grants has stood. */
  since: string;
}

/** What one principal can do in one space. */
export interface SpaceAccess extends Powers {
  space: { id: string } & SpacePayload;
  principal: Principal;
}

/** What is granted to an account in one space, and whether it gets it. */
export interface AccountAccess extends SpaceAccess, Effect {}

/** What one principal of a space can do in it, and where it is an account, whether it gets it. */
export interface PrincipalAccess extends Powers, Partial<Effect> {
  principal: Principal;
  /** How many accounts are in it, where it is a group. */
  members?: number;
}

/** Tells of each pair which space it is in, who it is for and what it allows, in their order. */
export async function describeSpaceAccess(
  knex: Knex,
  connection: string,
  pairs: GrantPair[],
  revision: Revision,
): Promise<SpaceAccess[]> {
  const powers = await powersOf(knex, connection, pairs, revision);
  const names = await principalNames(knex, connection, pairs, revision);
  const spaces = await spacesOf(knex, connection, pairs, revision);
  return pairs.map(pair => ({
    // Grants are read in spaces that were seen; one whose row is missing has but its id.
    space: spaces.get(pair.space_id) ?? {
      id: pair.space_id,
      key: pair.space_id,
      name: pair.space_id,
      type: '',
      status: '',
    },
    principal: principalOf(pair, names),
    ...(powers.get(nameOf(pair)) as Powers),
  }));
}

/** Tells of each pair of one space who it is for and what it allows, in their order. */
export async function describePrincipalAccess(
  knex: Knex,
  connection: string,
  pairs: GrantPair[],
  revision: Revision,
): Promise<PrincipalAccess[]> {
  const powers = await powersOf(knex, connection, pairs, revision);
  const names = await principalNames(knex, connection, pairs, revision);
  const groups = idsOf(pairs, 'group').map(id => ({ connection, id }));
  const members = await countRows(
    knex,
    { table: 'history_memberships', column: 'group_id' },
    groups,
    revision,
  );
  return pairs.map(pair => ({
    principal: principalOf(pair, names),
    ...(pair.principal_type === 'group' && {
      members: members.get(keyOf(connection, pair.principal_id)) ?? 0,
    }),
    ...(powers.get(nameOf(pair)) as Powers),
  }));
}

async function powersOf(
  knex: Knex,
  connection: string,
  pairs: GrantPair[],
  revision: Revision,
): Promise<Map<string, Powers>> {
  const byPair = new Map<string, GrantRow[]>();
  for (const row of await rowsOfPairs(knex, connection, pairs, revision)) {
    const name = nameOf(row);
    byPair.set(name, [...(byPair.get(name) ?? []), row]);
  }
  const first = (rows: GrantRow[]) => Math.min(...rows.map(row => row.opened));
  const times = await revisionTimes(knex, [...byPair.values()].map(first));
  return new Map(
    [...byPair].map(([name, rows]) => [
      name,
      {
        operations: rows.map(row => `${row.operation}:${row.target}`).sort(),
        level: levelOf(Math.max(...rows.map(row => Number(row.rank)))),
        ...roleOf(rows),
        since: times.get(first(rows)) ?? '',
      },
    ]),
  );
}

/** Nobody has two roles in a space. */
export function roleOf(
  rows: Array<Pick<GrantRow, 'role'>>,
): Pick<Powers, 'role'> {
  const role = rows.find(row => typeof row.role === 'string')?.role;
  return role ? { role } : {};
}

async function principalNames(
  knex: Knex,
  connection: string,
  pairs: GrantPair[],
  revision: Revision,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const accountIds = idsOf(pairs, 'account');
  for (const [id, profile] of await readProfiles(knex, 'account', accountIds)) {
    const name = profile.name ?? profile.publicName;
    if (name) {
      names.set(`account/${id}`, name);
    }
  }
  const groups = standing(
    knex
      .from('history_groups as g')
      .where('g.source', connection)
      .whereIn('g.key', idsOf(pairs, 'group'))
      .select('g.key', 'g.name'),
    'g',
    revision,
  );
  for (const { key, name } of await groups) {
    names.set(`group/${key}`, name);
  }
  return names;
}

async function spacesOf(
  knex: Knex,
  connection: string,
  pairs: GrantPair[],
  revision: Revision,
): Promise<Map<string, SpaceAccess['space']>> {
  const ids = [...new Set(pairs.map(pair => pair.space_id))];
  const rows: Array<{ key: string; payload: string }> = await standing(
    knex
      .from('history_spaces as s')
      .where('s.source', connection)
      .whereIn('s.key', ids)
      .select('s.key', 's.payload'),
    's',
    revision,
  );
  return new Map(
    rows.map(({ key, payload }) => {
      const space: SpacePayload = JSON.parse(payload);
      return [key, { id: key, ...space }];
    }),
  );
}

function idsOf(pairs: GrantPair[], type: string): string[] {
  const ids = pairs
    .filter(pair => pair.principal_type === type)
    .map(pair => pair.principal_id);
  return [...new Set(ids)];
}

function principalOf(
  { principal_type: type, principal_id: id }: GrantPair,
  names: Map<string, string>,
): Principal {
  return { type, id, name: names.get(`${type}/${id}`) };
}
