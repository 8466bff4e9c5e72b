// SPDX-License-Identifier: Apache-2.0
import type { AccountDetail } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { chunks } from '../engine';
import type { Revision } from '../words';
import { standing } from './page';

/** The groups of an account and since when it is in them, by the name of the group. */
export async function membershipsOf(
  knex: Knex,
  connection: string,
  accountId: string,
  revision: Revision,
): Promise<AccountDetail['memberOf']> {
  const select = knex
    .from('history_memberships as m')
    .join('history_revisions as r', 'r.revision', 'm.opened')
    .where({ 'm.source': connection, 'm.account_id': accountId })
    .select({ groupId: 'm.group_id', since: 'r.committed_at' });
  const memberships: Array<{ groupId: string; since: string }> = await standing(
    select,
    'm',
    revision,
  );
  const names = await groupNames(
    knex,
    connection,
    memberships.map(({ groupId }) => groupId),
    revision,
  );
  return memberships
    .map(({ groupId, since }) => ({
      groupId,
      name: names.get(groupId) ?? groupId,
      since,
    }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

async function groupNames(
  knex: Knex,
  connection: string,
  ids: string[],
  revision: Revision,
): Promise<Map<string, string>> {
  const select = knex
    .from('history_groups as g')
    .where('g.source', connection)
    .whereIn('g.key', ids)
    .select('g.key', 'g.name');
  const rows: Array<{ key: string; name: string }> = await standing(
    select,
    'g',
    revision,
  );
  return new Map(rows.map(({ key, name }) => [key, name]));
}

/** Names of groups at a revision, also of those that ended before it. */
export async function lastGroupNames(
  knex: Knex,
  connection: string,
  ids: string[],
  revision: Revision,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const part of chunks([...new Set(ids)])) {
    const rows: Array<{ key: string; name: string }> = await knex
      .from('history_groups as g')
      .where('g.source', connection)
      .whereIn('g.key', part)
      .where('g.opened', '<=', revision)
      .orderBy('g.opened')
      .select('g.key', 'g.name');
    rows.forEach(({ key, name }) => names.set(key, name));
  }
  return names;
}
