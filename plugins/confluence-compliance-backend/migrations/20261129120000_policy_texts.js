// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('policy_approvals', table => {
    table.setNullable('blocks');
    table
      .string('note_salt', 32)
      .nullable()
      .comment(
        'Hex, of the hash of the note in the ledger; goes with the note',
      );
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex('policy_approvals').whereNull('blocks').update({ blocks: '[]' });
  await knex.schema.alterTable('policy_approvals', table => {
    table.dropNullable('blocks');
    table.dropColumn('note_salt');
  });
};
