// SPDX-License-Identifier: Apache-2.0
import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import type { Revision } from '../words';
import { standing } from './page';
import type { Ref } from './refs';

const words = { accounts: 'account', groups: 'group' } as const;

/** What an account or a group says. NotFoundError when it did not stand then. */
export async function payloadOf(
  knex: Knex,
  dataset: keyof typeof words,
  { connection, id }: Ref,
  revision: Revision,
): Promise<string> {
  const select = knex
    .from(`history_${dataset} as t`)
    .where({ 't.source': connection, 't.key': id });
  const row = await standing(select, 't', revision).first('t.payload');
  if (!row) {
    throw new NotFoundError(
      `There is no ${words[dataset]} '${id}' in the connection '${connection}' at revision ${revision}`,
    );
  }
  return row.payload;
}
