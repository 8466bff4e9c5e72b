// SPDX-License-Identifier: Apache-2.0
import type { AccountClass } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { Revision } from '../words';
import { onlyOpen } from './accountState';
import type { OrganizationOf } from './directory';
import { standing } from './page';
import { onlyPopulation, Populations } from './userGroup';

/** Classes of accounts that one person stands behind. */
const personal: readonly AccountClass[] = ['person', 'guest'];

/** Whether one person stands behind an account of this class. */
export function isPersonal(accountClass: AccountClass): boolean {
  return personal.includes(accountClass);
}

/**
 * Who has to be known of an account that nobody is linked to: the `person` behind it, an `owner` who
 * answers for it, or `nobody`. It says for the check and for the queue who is to be identified.
 *
 * @param more - `owned` where somebody named an owner, `outside` the user group of its connection
 */
export function whoToName(
  accountClass: AccountClass,
  more: { owned: boolean; outside: boolean },
): 'person' | 'owner' | 'nobody' {
  switch (accountClass) {
    case 'person':
      return more.outside ? 'nobody' : 'person';
    case 'guest':
      return more.owned ? 'owner' : 'person';
    case 'app':
      return 'nobody';
    default:
      return 'owner';
  }
}

/**
 * Leaves only the accounts (`a`) of which `whoToName` says `person`, that can be used or are only
 * suspended, and of which nobody has said that they are nobody's. That they are not linked is another
 * filter.
 */
export function onlyToIdentify(
  knex: Knex,
  query: Knex.QueryBuilder,
  populations: Populations,
  organizations: readonly OrganizationOf[],
  revision: Revision,
): void {
  const exists = knex.raw('1');
  const membership = knex
    .from('history_memberships as n')
    .whereRaw('n.source = a.source and n.account_id = a.key')
    .select(exists);
  query
    .whereIn('a.class', personal)
    .where(here =>
      here
        .where('a.listed', true)
        .orWhereExists(standing(membership, 'n', revision)),
    )
    .whereNotExists(
      knex
        .from('manual_links as w')
        .whereRaw('w.account_id = a.key')
        .select(exists),
    )
    .whereNot(owned =>
      owned
        .where('a.class', 'guest')
        .whereExists(
          knex
            .from('account_classes as o')
            .whereRaw('o.account_id = a.key')
            .whereNotNull('o.owner')
            .select(exists),
        ),
    );
  query.where(inside => {
    inside.where('a.class', 'guest').orWhere(person => {
      person.where('a.class', 'person');
      onlyPopulation(knex, person, 'inside', populations, revision);
    });
  });
  onlyOpen(knex, query, organizations, revision);
}
