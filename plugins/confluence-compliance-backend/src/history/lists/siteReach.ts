// SPDX-License-Identifier: Apache-2.0
import type { AccountClass } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { rowsAt } from '../countsAt';
import type { Revision } from '../words';
import { onlyStatus } from './accountState';
import type { Organizations } from './directory';
import { standing } from './page';

/** How many accounts of each class can use a site. */
export type SiteReach = Record<AccountClass, number>;

/** Active accounts that a site lists, by class. */
export async function siteReach(
  knex: Knex,
  organizations: Organizations,
  connection: string,
  revision: Revision,
): Promise<SiteReach> {
  const reach: SiteReach = {
    person: 0,
    service: 0,
    app: 0,
    guest: 0,
    shared: 0,
  };
  const accounts = knex('history_accounts as a')
    .where({
      'a.source': connection,
      'a.listed': true,
    })
    .groupBy('a.class')
    .select('a.class')
    .count({ total: '*' });
  onlyStatus(knex, accounts, 'active', await organizations(), revision);
  const rows = await rowsAt<{ class: AccountClass; total: number | string }>(
    knex,
    revision,
    standing(accounts, 'a', revision),
  );
  for (const row of rows) {
    reach[row.class] = Number(row.total);
  }
  return reach;
}
