// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { closedEverywhere } from './closedAccounts';
import { AccountPayload } from './datasets';
import { PROFILES } from './profileDelta';
import { ObservedRow, Profile } from './types';

/** The personal data of a row that is kept: none of an account that is closed. */
export function profileOf(
  dataset: string,
  { payload, profile }: ObservedRow,
): Profile | undefined {
  const speaksOfAccounts = dataset === 'accounts' || dataset === 'directory';
  const { accountStatus } = payload as Partial<AccountPayload>;
  return speaksOfAccounts && accountStatus === 'closed' ? undefined : profile;
}

/**
 * Deletes the profiles of closed accounts and notes that in `history_delta`: of the accounts that the
 * batch speaks of, or of some of all. The caller has locked the profiles.
 */
export async function forgetClosed(
  tx: Knex.Transaction,
  batch: string,
  only: 'of the batch' | { limit: number },
): Promise<void> {
  const some =
    only === 'of the batch'
      ? `and id in (select key from history_delta
           where batch = ? and dataset = 'accounts')`
      : 'limit ?';
  await tx.raw(
    `insert into history_delta (batch, source, dataset, key, action, container)
     select ?, ?, ?, id, 'forget', 'account' from profiles
     where kind = 'account' and erased_at is null and ${closedEverywhere(
       'profiles.id',
     )} ${some}`,
    [
      batch,
      PROFILES.source,
      PROFILES.dataset,
      only === 'of the batch' ? batch : only.limit,
    ],
  );
  const noted = tx('history_delta')
    .where({ batch, ...PROFILES, action: 'forget' })
    .select('key');
  await tx('profiles').where({ kind: 'account' }).whereIn('id', noted).delete();
}
