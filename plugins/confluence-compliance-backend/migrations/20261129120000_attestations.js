// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('check_attestations', table => {
    table.comment('What people attest where nothing can be read');
    table.uuid('id').primary();
    table.text('check_id').notNullable();
    table.text('connection').notNullable();
    table.string('answer', 3).notNullable().comment('yes or no');
    table
      .string('until', 24)
      .nullable()
      .comment('ISO time in UTC; null for no, which stands until replaced');
    table.text('note').nullable();
    table.text('evidence').nullable().comment('URL');
    table.text('attested_by').notNullable().comment('User ref');
    table.string('attested_at', 24).notNullable().comment('ISO time in UTC');
    table
      .string('replaced_at', 24)
      .nullable()
      .comment('ISO time in UTC; null for the newest of a connection');
    table
      .string('told_at', 24)
      .nullable()
      .comment('When somebody was told that it expires soon');
    table.index(
      ['check_id', 'attested_at', 'id'],
      'check_attestations_check_idx',
    );
    table.index(['replaced_at', 'until'], 'check_attestations_standing_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('check_attestations');
};
