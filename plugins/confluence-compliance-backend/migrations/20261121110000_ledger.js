// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('ledger_entries', table => {
    table.comment('Append-only, chained by hash');
    table.integer('seq').primary();
    table.string('at', 24).notNullable();
    table.string('kind').notNullable();
    table.text('actor').notNullable();
    table.text('subject').notNullable();
    table.text('payload').nullable().comment('Canonical JSON; erasable');
    table.string('salt', 64).nullable().comment('Erased with the payload');
    table.string('payload_hash', 64).notNullable();
    table.string('previous_hash', 64).notNullable();
    table.string('hash', 64).notNullable();
  });
  await knex.schema.createTable('ledger_head', table => {
    table.comment('The newest entry: a single row, locked last');
    table.integer('id').primary();
    table.integer('seq').notNullable();
    table.string('hash', 64).notNullable();
  });
  await knex('ledger_head').insert({ id: 1, seq: 0, hash: '0'.repeat(64) });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('ledger_head');
  await knex.schema.dropTable('ledger_entries');
};
