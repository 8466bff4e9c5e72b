// SPDX-License-Identifier: Apache-2.0
// @ts-check
const { createHash } = require('node:crypto');

const SALTS = {
  review_items: 'reason_salt',
  review_events: 'reason_salt',
  review_delegations: 'reason_salt',
  check_attestations: 'text_salt',
};
const BATCH = 500;

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  for (const [name, column] of Object.entries(SALTS)) {
    await knex.schema.alterTable(name, table => {
      table
        .string(column, 32)
        .nullable()
        .comment('Hex, of the hash in the ledger; goes with the text');
    });
  }
  await knex.schema.alterTable('review_items', table => {
    table
      .string('reason_hash', 64)
      .nullable()
      .comment('What is sealed of the reason; stays when the text is erased');
  });
  // Reasons of before have the hash that the ledger has of them, without a salt.
  let after = 0;
  for (;;) {
    const rows = await knex('review_items')
      .where('ordinal', '>', after)
      .whereNotNull('reason')
      .orderBy('ordinal')
      .limit(BATCH)
      .select('ordinal', 'id', 'reason');
    for (const { ordinal, id, reason } of rows) {
      const hash = createHash('sha256').update(`${id}\n${reason}`);
      await knex('review_items')
        .where({ ordinal })
        .update({ reason_hash: hash.digest('hex') });
    }
    if (rows.length < BATCH) {
      return;
    }
    after = Number(rows[rows.length - 1].ordinal);
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('review_items', table => {
    table.dropColumn('reason_hash');
  });
  for (const [name, column] of Object.entries(SALTS)) {
    await knex.schema.alterTable(name, table => {
      table.dropColumn(column);
    });
  }
};
