// SPDX-License-Identifier: Apache-2.0
import type { AccountClass } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { AccountCriteria } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { Knex } from 'knex';
import type { Revision } from '../words';
import { onlyAllowed } from './accountFilter';
import { onlyStatus } from './accountState';
import { onlyMfa, type OrganizationOf, type Organizations } from './directory';
import { onlyExcepted } from './excepted';
import { fewAccounts, nameOf } from './fewAccounts';
import { openVerdicts } from './findings';
import {
  beginning,
  containing,
  ListOptions,
  ListPlan,
  Part,
  ReadAt,
  standing,
} from './page';
import { onlyToIdentify } from './toIdentify';
import {
  onlyPopulation,
  Populations,
  populationsAt,
  UserGroups,
} from './userGroup';

/** Which accounts a list is about. */
export interface AccountFilters {
  connections: string[];
  q?: string;
  class?: AccountClass;
  /** As the fact `status` says it: `active`, `suspended`, `deactivated`, `removed`, `closed`, … */
  status?: string;
  person?: 'linked' | 'unlinked';
  /** Only accounts with findings: all, or some that are not excepted. */
  findings?: 'open' | 'all';
  /** In the user group of their connection or not; where there is none, everybody is inside. */
  population?: 'inside' | 'outside';
  /** Two-step verification as the organization of their connection says. */
  mfa?: 'enabled' | 'disabled' | 'unknown';
  /** Only accounts that wait for somebody to say whose they are. */
  unidentified?: true;
  /** Only accounts that somebody may see; absent: all. */
  allowed?: AccountCriteria;
}

/** Parameters of the list of accounts. */
export interface AccountListOptions extends ListOptions, AccountFilters {
  sort: string;
}

const name = nameOf('p');

/**
 * The list of accounts; by name those without one come last, also backwards. A filter that lets few through is asked
 * first, and these few are sorted; else the list is read along its order until a page is full.
 */
export function accountList(
  knex: Knex,
  options: AccountListOptions,
  userGroups: UserGroups,
  organizations: Organizations,
): ListPlan {
  const { connections, population, mfa, status, sort, unidentified } = options;
  let few: string[] | undefined;
  let populations: Populations = new Map();
  let known: OrganizationOf[] = [];
  const rows = (at: ReadAt, only?: Named) => {
    const { revision } = at;
    const query = withProfiles(knex, options, few, only);
    if (population) {
      onlyPopulation(knex, query, population, populations, revision);
    }
    if (mfa) {
      onlyMfa(knex, query, mfa, known, revision);
    }
    if (unidentified) {
      onlyToIdentify(knex, query, populations, known, revision);
    }
    if (status) {
      onlyStatus(knex, query, status, known, revision);
    }
    return filter(knex, query, options, at);
  };
  const select = (query: Knex.QueryBuilder) =>
    query.select({ connection: 'a.source', id: 'a.key', payload: 'a.payload' });
  return {
    name: 'accounts',
    isHistory: isHistory(options),
    query: options,
    sort,
    async prepare(revision) {
      if (population || unidentified) {
        populations = await populationsAt(
          knex,
          userGroups,
          connections,
          revision,
        );
      }
      if (mfa || status || unidentified) {
        known = await organizations();
      }
      few = await fewAccounts(knex, options, populations, known, revision);
    },
    all: (revision, moment) => rows({ revision, moment }),
    parts(revision, moment): Part[] {
      const at = { revision, moment };
      const column = sort.replace('-', '');
      if (column !== 'name') {
        // No index has this order, so that nobody walks along one to sort a few.
        const first = few ? `coalesce(a.${column}, '')` : `a.${column}`;
        const order = [first, 'a.source', 'a.key'];
        return [{ rows: () => select(rows(at)), order }];
      }
      const named = {
        rows: () => select(rows(at, 'named')),
        order: [name, 'a.source', 'a.key'],
      };
      const nameless = {
        rows: () => select(rows(at, 'nameless')),
        order: ['a.source', 'a.key'],
      };
      // A list that runs backwards takes its last part first.
      return sort === column ? [named, nameless] : [nameless, named];
    },
  };
}

/**
 * Names, whose somebody is allowed to see and who waits to be identified are of today; what is accepted ends with
 * time, and links are erased with their account.
 */
function isHistory(filters: AccountFilters): boolean {
  const { q, allowed, person, unidentified, findings } = filters;
  return !q && !allowed && !person && !unidentified && findings !== 'open';
}

type Named = 'named' | 'nameless';

/** The accounts with as much of their profiles as is needed, from the side that reads least. */
function withProfiles(
  knex: Knex,
  { q }: AccountFilters,
  few: string[] | undefined,
  only?: Named,
): Knex.QueryBuilder {
  if (only === 'named' && !few) {
    // A cross join tells SQLite to begin with the profiles, which it then reads along their names.
    return knex
      .from('profiles as p')
      .crossJoin(knex.raw('history_accounts as a'))
      .where('p.kind', 'account')
      .whereRaw(`a.key = p.id and ${name} is not null`);
  }
  const query = knex.from('history_accounts as a');
  if (only || q) {
    query.leftJoin('profiles as p', join =>
      join.on('p.id', 'a.key').andOnVal('p.kind', 'account'),
    );
  }
  if (only) {
    query.whereRaw(`${name} is ${only === 'named' ? 'not null' : 'null'}`);
  }
  // No id is empty; a list of no ids would be a condition that no index knows.
  return few ? query.whereIn('a.key', few.length ? few : ['']) : query;
}

function filter(
  knex: Knex,
  query: Knex.QueryBuilder,
  filters: AccountFilters,
  at: ReadAt,
): Knex.QueryBuilder {
  const { revision } = at;
  const { allowed, connections, person, findings, q } = filters;
  onlyAllowed(knex, query, allowed);
  standing(query.whereIn('a.source', connections), 'a', revision);
  if (filters.class) {
    query.where('a.class', filters.class);
  }
  const links = () =>
    standing(
      knex
        .from('history_identity_links as l')
        .where('l.source', 'identity')
        .whereRaw('l.key = a.key')
        .select(knex.raw('1')),
      'l',
      revision,
    );
  if (person === 'linked') {
    query.whereExists(links());
  }
  if (person === 'unlinked') {
    query.whereNotExists(links());
  }
  if (findings) {
    const results = knex
      .from('history_results as f')
      .whereRaw('f.source = a.source and f.account_id = a.key')
      .whereIn('f.verdict', openVerdicts)
      .select(knex.raw('1'));
    if (findings === 'open') {
      onlyExcepted(knex, results, 'f', 'without', at);
    }
    query.whereExists(standing(results, 'f', revision));
  }
  if (q) {
    const pattern = containing(q);
    query.whereRaw(
      `(${name} like ? escape '!' or p.email_folded like ? escape '!'
        or a.key like ? escape '!')`,
      [pattern, pattern, beginning(q)],
    );
  }
  return query;
}

/** The members of a group: those who are in it for longest first, and of these by id. */
export function memberList(
  knex: Knex,
  options: ListOptions & { connection: string; group: string },
): ListPlan {
  const { connection, group } = options;
  const members = (revision: Revision) =>
    standing(
      knex
        .from('history_memberships as m')
        .where({ 'm.source': connection, 'm.group_id': group })
        // Always so: the index in this order says it, too.
        .where('m.opened', '>', 0),
      'm',
      revision,
    );
  return {
    name: 'members',
    isHistory: true,
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
        // By the order of writing, PostgreSQL would go through the members of all groups before these.
        order: ['m.opened', 'm.account_id'],
        numbers: 1,
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
