// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { takeRevision } from './clock';
import type { Definitions } from './definitions';
import { inTransaction } from './engine';
import { eraseAcknowledgementsOf } from './retention/eraseAcknowledgements';
import { eraseApprovalsOf } from './retention/eraseApprovals';
import { seenByReads } from './seenByReads';
import { Revision } from './words';

/** Rows per transaction, so that others can write in between. */
const BATCH = 2_000;

/** Says in the feed that everything of a source is gone; undefined when it was already. */
export async function endSubjects(
  knex: Knex,
  source: string,
): Promise<Revision | undefined> {
  return inTransaction(knex, async tx => {
    const standing = await tx('history_subjects')
      .where({ connection: source, gone: false })
      .first('id');
    if (!standing) {
      return undefined;
    }
    const revision = await takeRevision(tx, {
      kind: 'site',
      sources: [source],
    });
    await tx('history_subjects')
      .where({ connection: source, gone: false })
      .update({ gone: true, revision });
    return revision;
  });
}

/**
 * Deletes everything that was seen of a source, and the profiles and identity links that no other
 * source has. Works in batches and can be called again after it was stopped. Ledger and feed keep
 * what they said.
 */
export async function forgetSource(
  knex: Knex,
  definitions: Definitions,
  source: string,
  signal?: AbortSignal,
): Promise<void> {
  // Reads first: none that goes on may publish what it told from rows that are deleted under it.
  const reads = knex('history_reads').where({ source }).select('id');
  for (const table of ['history_staged', 'history_refused']) {
    await knex(table).whereIn('read_id', reads).delete();
  }
  await deleteAll(
    knex,
    { table: 'history_reads', id: 'ordinal', where: { source } },
    signal,
  );
  for (const { table } of Object.values(definitions)) {
    await deleteAll(knex, { table, id: 'row_id', where: { source } }, signal);
  }
  await knex('history_containers').where({ source }).delete();
  await knex('exceptions').where({ connection: source }).delete();
  await eraseApprovalsOf(knex, source);
  await eraseAcknowledgementsOf(knex, source);
  await knex('policy_structures').where({ connection: source }).delete();
  await knex('policy_editors').where({ connection: source }).delete();
  await knex('account_activity').where({ source }).delete();
  await knex('credential_details').where({ source }).delete();
  // That somebody was erased is remembered, should they be seen again.
  const accounts = knex('profiles')
    .where({ kind: 'account' })
    .whereNull('erased_at');
  await seenNowhere(knex, accounts, 'profiles.id').delete();
  const links = knex('history_identity_links').where({ source: 'identity' });
  await seenNowhere(knex, links, 'history_identity_links.key').delete();
  for (const table of ['manual_links', 'account_classes']) {
    await seenNowhere(knex, knex(table), `${table}.account_id`).delete();
  }
}

/** Only those whose account no other source has, and no read that goes on has seen. */
function seenNowhere(
  knex: Knex,
  rows: Knex.QueryBuilder,
  account: string,
): Knex.QueryBuilder {
  return rows
    .whereNotExists(
      knex('history_accounts as a').whereRaw('a.key = ??', [account]),
    )
    .whereNotExists(seenByReads(knex, ['accounts', 'directory'], account));
}

async function deleteAll(
  knex: Knex,
  { table, id, where }: { table: string; id: string; where: object },
  signal?: AbortSignal,
): Promise<void> {
  for (;;) {
    signal?.throwIfAborted();
    const some = knex(table).where(where).select(id).limit(BATCH);
    if ((await knex(table).whereIn(id, some).delete()) === 0) {
      return;
    }
  }
}
