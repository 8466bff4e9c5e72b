// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { Revision } from '../words';
import { onlyOpen } from './accountState';
import type { OrganizationOf } from './directory';

/**
 * Leaves only the accounts (`a`) that wait for somebody to say whose they are: people, whose account
 * can be used or is only suspended, of whom nobody has said that they are nobody's. That they are not
 * linked is another filter.
 */
export function onlyUnidentified(
  knex: Knex,
  query: Knex.QueryBuilder,
  organizations: readonly OrganizationOf[],
  revision: Revision,
): void {
  query
    .where('a.class', 'person')
    .where('a.listed', true)
    .whereNotExists(
      knex
        .from('manual_links as w')
        .whereRaw('w.account_id = a.key')
        .select(knex.raw('1')),
    );
  onlyOpen(knex, query, organizations, revision);
}
