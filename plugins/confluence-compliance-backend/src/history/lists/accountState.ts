// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { Revision } from '../words';
import {
  directoryEntries,
  type OrganizationOf,
  saidByOrganization,
} from './directory';

/** States that an organization says; an account is in the first that holds. */
const SAID = {
  suspended: `d.membership_status = 'suspended'`,
  deactivated: `d.account_status = 'inactive'
    and coalesce(d.membership_status, '') <> 'suspended'`,
  removed: `d.membership_status = 'no_membership'
    and coalesce(d.account_status, '') <> 'inactive'`,
};

type Said = keyof typeof SAID;

const ALL: Said[] = ['suspended', 'deactivated', 'removed'];

/** What Confluence calls deactivated, and what addresses of earlier versions name so. */
const INACTIVE = ['inactive', 'deactivated'];

/**
 * Leaves only the accounts (`a`) whose fact `status` has this value, as `accountFactsOf` says it: what
 * the organization says goes before what Confluence says, but for an account that is closed.
 */
export function onlyStatus(
  knex: Knex,
  query: Knex.QueryBuilder,
  status: string,
  organizations: readonly OrganizationOf[],
  revision: Revision,
): void {
  const said = (...states: Said[]) =>
    saidByOrganization(knex, organizations, source =>
      entriesIn(knex, source, states, revision),
    );
  const notClosed = `coalesce(a.status, '') <> 'closed'`;
  if (status === 'closed') {
    query.where('a.status', 'closed');
  } else if (status === 'suspended' || status === 'removed') {
    query.whereRaw(notClosed).where(said(status));
  } else if (INACTIVE.includes(status)) {
    query
      .whereRaw(notClosed)
      .where(either =>
        either
          .where(said('deactivated'))
          .orWhere(own =>
            own
              .whereIn('a.status', INACTIVE)
              .whereNot(said('suspended', 'removed')),
          ),
      );
  } else {
    query.where('a.status', status).whereNot(said(...ALL));
  }
}

/** Leaves only the accounts (`a`) that can be used, now or after a suspension. */
export function onlyOpen(
  knex: Knex,
  query: Knex.QueryBuilder,
  organizations: readonly OrganizationOf[],
  revision: Revision,
): void {
  query
    .whereRaw(`coalesce(a.status, '') not in ('closed', 'deleted')`)
    .whereNot(
      saidByOrganization(knex, organizations, source =>
        entriesIn(knex, source, ['deactivated', 'removed'], revision),
      ),
    )
    .where(either =>
      either
        .whereRaw(
          `coalesce(a.status, '') not in (${INACTIVE.map(() => '?')})`,
          INACTIVE,
        )
        .orWhere(
          saidByOrganization(knex, organizations, source =>
            entriesIn(knex, source, ['suspended'], revision),
          ),
        ),
    );
}

/** The queries that together find the ids of the accounts in a state, and perhaps of others. */
export function askStatus(
  knex: Knex,
  accounts: () => Knex.QueryBuilder,
  status: string,
  organizations: readonly OrganizationOf[],
  revision: Revision,
): Knex.QueryBuilder[] {
  const sources = new Set(organizations.flatMap(({ source }) => source ?? []));
  const said = (state: Said) =>
    [...sources].map(source =>
      entriesIn(knex, source, [state], revision).select({ id: 'd.key' }),
    );
  if (status === 'suspended' || status === 'removed') {
    return said(status);
  }
  return INACTIVE.includes(status)
    ? [accounts().whereIn('a.status', INACTIVE), ...said('deactivated')]
    : [accounts().where('a.status', status)];
}

function entriesIn(
  knex: Knex,
  source: string,
  states: Said[],
  revision: Revision,
): Knex.QueryBuilder {
  return directoryEntries(knex, source, revision).where(any =>
    states.forEach(state => any.orWhereRaw(`(${SAID[state]})`)),
  );
}
