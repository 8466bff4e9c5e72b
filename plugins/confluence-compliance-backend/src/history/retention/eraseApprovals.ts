// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { ERASED } from './erased';
import type { Mentions } from './mentions';

const TABLE = 'policy_approvals';

/** Approvals that are looked at together: each has the text of a page. */
const BATCH = 20;

/** Without the salt nothing leads from the hash in the ledger to the note. */
const noNote = { note: null, note_salt: null };

interface Row {
  id: string;
  blocks: string | null;
  note: string | null;
}

/**
 * Erases notes of approvals that name somebody, and each paragraph of an approved text that does. What
 * the page itself says is Confluence's.
 */
export async function eraseApprovals(
  tx: Knex.Transaction,
  mentions: Mentions,
): Promise<void> {
  let after: string | undefined;
  for (;;) {
    const query = tx(TABLE).orderBy('id').limit(BATCH);
    const rows: Row[] = await (after
      ? query.where('id', '>', after)
      : query
    ).select('id', 'blocks', 'note');
    for (const { id, blocks, note } of rows) {
      const text = blocks && withoutNames(blocks, mentions);
      if (text !== blocks) {
        await tx(TABLE).where({ id }).update({ blocks: text });
      }
      if (mentions(note)) {
        await tx(TABLE).where({ id }).update(noNote);
      }
      after = id;
    }
    if (rows.length < BATCH) {
      return;
    }
  }
}

function withoutNames(blocks: string, mentions: Mentions): string {
  const parsed: Array<{ text: string }> = JSON.parse(blocks);
  return parsed.some(({ text }) => mentions(text))
    ? JSON.stringify(
        parsed.map(block =>
          mentions(block.text) ? { ...block, text: ERASED } : block,
        ),
      )
    : blocks;
}

/**
 * Erases notes that were written before an ISO time, and the text of versions that a later one had
 * replaced by then: the newest approved text of a page is what the next edit is compared with.
 */
export async function eraseApprovalsBefore(
  knex: Knex,
  before: string,
): Promise<void> {
  await knex(TABLE)
    .where('approved_at', '<', before)
    .whereNotNull('note')
    .update(noNote);
  const later = knex(`${TABLE} as later`)
    .whereRaw(
      `later.policy = ${TABLE}.policy and later.connection = ${TABLE}.connection
       and later.page_id = ${TABLE}.page_id and later.version > ${TABLE}.version`,
    )
    .where('later.approved_at', '<', before)
    .select(knex.raw('1'));
  await knex(TABLE).whereNotNull('blocks').whereExists(later).update({
    blocks: null,
  });
}

/** Erases what the policies of a connection said, and notes on them. */
export async function eraseApprovalsOf(
  knex: Knex,
  connection: string,
): Promise<void> {
  await knex(TABLE)
    .where({ connection })
    .update({ ...noNote, blocks: null });
}
