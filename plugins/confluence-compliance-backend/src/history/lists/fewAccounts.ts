// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { Revision } from '../words';
import { perhapsAllowed } from './accountFilter';
import { askStatus } from './accountState';
import type { AccountFilters } from './accounts';
import { mfaEntries, type OrganizationOf } from './directory';
import { openVerdicts } from './findings';
import { beginning, containing, standing } from './page';
import { membersOf, onlyPopulation, Populations } from './userGroup';

/**
 * So many accounts are sorted in no time. What lets more through, of 100 000, is met soon along
 * any order.
 */
const FEW = 1_000;

/** The name that accounts are ordered and found by, as the index has it. */
export const nameOf = (profile: string) =>
  `lower(substr(coalesce(${profile}.name, ${profile}.public_name), 1, 200))`;

type Ids = Array<{ id: string }>;

/**
 * The ids of all accounts that the rarest filter lets through, and perhaps of others; undefined
 * where every filter lets many through. Each filter is asked along an index of its own.
 */
export async function fewAccounts(
  knex: Knex,
  filters: AccountFilters,
  populations: Populations,
  organizations: readonly OrganizationOf[],
  revision: Revision,
): Promise<string[] | undefined> {
  const all = questions(knex, filters, populations, organizations, revision);
  for (const ask of all) {
    const found = new Set<string>();
    for (const query of ask) {
      const rows: Ids = await query.limit(FEW + 1);
      rows.forEach(({ id }) => found.add(id));
      if (found.size > FEW) {
        break;
      }
    }
    if (found.size <= FEW) {
      return [...found];
    }
  }
  return undefined;
}

/** For each filter the queries that together find its accounts, the cheapest filter first. */
function questions(
  knex: Knex,
  filters: AccountFilters,
  populations: Populations,
  organizations: readonly OrganizationOf[],
  revision: Revision,
): Knex.QueryBuilder[][] {
  const { allowed, connections, person, findings, population, mfa, q, status } =
    filters;
  const asked: Knex.QueryBuilder[][] = [];
  const accounts = () =>
    standing(
      knex('history_accounts as a').whereIn('a.source', connections),
      'a',
      revision,
    ).select({ id: 'a.key' });
  const links = () =>
    standing(
      knex('history_identity_links as l').where('l.source', 'identity'),
      'l',
      revision,
    ).select({ id: 'l.key' });
  const own = perhapsAllowed(knex, allowed);
  if (own) {
    asked.push([own.select({ id: 'l.key' })]);
  }
  if (filters.class) {
    asked.push([accounts().where('a.class', filters.class)]);
  }
  if (status) {
    asked.push(askStatus(knex, accounts, status, organizations, revision));
  }
  if (person === 'linked') {
    asked.push([links()]);
  }
  if (mfa && mfa !== 'unknown') {
    const sources = new Set(
      organizations.flatMap(({ source }) => source ?? []),
    );
    asked.push(
      [...sources].map(source =>
        mfaEntries(knex, source, [mfa], revision).select({ id: 'd.key' }),
      ),
    );
  }
  if (findings) {
    const results = knex('history_results as f')
      .whereIn('f.source', connections)
      .whereIn('f.verdict', openVerdicts)
      .whereNotNull('f.account_id')
      .distinct({ id: 'f.account_id' });
    asked.push([standing(results, 'f', revision)]);
  }
  if (q) {
    const pattern = containing(q);
    // Names and emails are searched anywhere, which reads all of them, but no account.
    const profiles = knex('profiles as p')
      .where('p.kind', 'account')
      .whereRaw(
        `(${nameOf(
          'p',
        )} like ? escape '!' or p.email_folded like ? escape '!')`,
        [pattern, pattern],
      )
      .select('p.id');
    asked.push([idsLike(knex, accounts(), q), profiles]);
  }
  if (
    population === 'inside' &&
    connections.every(connection => populations.has(connection))
  ) {
    asked.push(
      [...populations].map(of =>
        membersOf(knex, of, revision).select({ id: 'u.account_id' }),
      ),
    );
  }
  if (population === 'outside') {
    // Last, since it asks about everybody when nearly nobody is outside.
    const outside = accounts();
    onlyPopulation(knex, outside, population, populations, revision);
    asked.push([outside]);
  }
  return asked;
}

/** Accounts whose id begins with a text, found along the index of ids. */
function idsLike(
  knex: Knex,
  accounts: Knex.QueryBuilder,
  text: string,
): Knex.QueryBuilder {
  const begins = text.toLowerCase();
  return knex.client.config.client === 'pg'
    ? accounts.whereRaw(`a.key like ? escape '!'`, [beginning(begins)])
    : accounts
        .where('a.key', '>=', begins)
        .where('a.key', '<', `${begins}\u{10ffff}`);
}
