// SPDX-License-Identifier: Apache-2.0
import type { AccountClass } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { Revision } from '../words';
import { containing, ListOptions, ListPlan, Part, standing } from './page';

/** Parameters of the list of accounts. */
export interface AccountListOptions extends ListOptions {
  q?: string;
  class?: AccountClass;
  status?: string;
  person?: 'linked' | 'unlinked';
  sort: string;
}

const name = 'coalesce(p.name, p.public_name)';

/** The list of accounts; by name those without one come last. */
export function accountList(knex: Knex, options: AccountListOptions): ListPlan {
  const { sort } = options;
  const rows = (revision: Revision, only?: Named) =>
    accounts(knex, options, revision, only);
  const select = (query: Knex.QueryBuilder) =>
    query.select({ connection: 'a.source', id: 'a.key', payload: 'a.payload' });
  return {
    name: 'accounts',
    query: options,
    sort,
    all: revision => rows(revision),
    parts(revision): Part[] {
      const column = sort.replace('-', '');
      if (column !== 'name') {
        const order = [`a.${column}`, 'a.source', 'a.key'];
        return [{ rows: () => select(rows(revision)), order }];
      }
      return [
        {
          rows: () => select(rows(revision, 'named')),
          order: [`lower(substr(${name}, 1, 200))`, 'a.source', 'a.key'],
        },
        {
          rows: () => select(rows(revision, 'nameless')),
          order: ['a.source', 'a.key'],
        },
      ];
    },
  };
}

type Named = 'named' | 'nameless';

function withProfiles(knex: Knex, only?: Named): Knex.QueryBuilder {
  if (only === 'named') {
    // A cross join tells SQLite to begin with the profiles, which it then reads along their names.
    return knex
      .from('profiles as p')
      .crossJoin(knex.raw('history_accounts as a'))
      .where('p.kind', 'account')
      .whereRaw(`a.key = p.id and ${name} is not null`);
  }
  const query = knex
    .from('history_accounts as a')
    .leftJoin('profiles as p', join =>
      join.on('p.id', 'a.key').andOnVal('p.kind', 'account'),
    );
  return only === 'nameless' ? query.whereRaw(`${name} is null`) : query;
}

function accounts(
  knex: Knex,
  options: AccountListOptions,
  revision: Revision,
  only?: Named,
): Knex.QueryBuilder {
  const { connections, q, status, person } = options;
  const query = withProfiles(knex, only).whereIn('a.source', connections);
  standing(query, 'a', revision);
  if (options.class) {
    query.where('a.class', options.class);
  }
  if (status) {
    query.where('a.status', status);
  }
  if (person) {
    const links = standing(
      knex
        .from('history_identity_links as l')
        .where('l.source', 'identity')
        .whereRaw('l.key = a.key')
        .select(knex.raw('1')),
      'l',
      revision,
    );
    if (person === 'linked') {
      query.whereExists(links);
    } else {
      query.whereNotExists(links);
    }
  }
  if (q) {
    const pattern = containing(q);
    query.whereRaw(
      `(lower(${name}) like ? escape '!' or p.email_folded like ? escape '!'
        or lower(a.key) like ? escape '!')`,
      [pattern, pattern, pattern],
    );
  }
  return query;
}

/** The members of a group, in the order in which they were first seen. */
export function memberList(
  knex: Knex,
  options: ListOptions & { connection: string; group: string },
): ListPlan {
  const { connection, group } = options;
  const members = (revision: Revision) =>
    standing(
      knex
        .from('history_memberships as m')
        .where({ 'm.source': connection, 'm.group_id': group }),
      'm',
      revision,
    );
  return {
    name: 'members',
    query: { connection, group },
    sort: 'seen',
    all: members,
    parts: revision => [
      {
        rows: () =>
          standingAccount(knex, members(revision), revision).select({
            connection: 'm.source',
            id: 'm.account_id',
            payload: 'a.payload',
          }),
        order: ['m.row_id'],
        numbers: true,
      },
    ],
  };
}

/** Joins the account of a membership, where it stands at the same revision. */
function standingAccount(
  knex: Knex,
  query: Knex.QueryBuilder,
  revision: Revision,
): Knex.QueryBuilder {
  return query.leftJoin('history_accounts as a', join =>
    join
      .on('a.source', 'm.source')
      .andOn('a.key', 'm.account_id')
      .andOn('a.opened', '<=', knex.raw('?', [revision]))
      .andOn(either =>
        either
          .onNull('a.closed')
          .orOn('a.closed', '>', knex.raw('?', [revision])),
      ),
  );
}
