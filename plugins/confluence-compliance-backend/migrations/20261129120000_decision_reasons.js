// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('decision_reasons', table => {
    table.comment('Why shrinks were accepted and accounts erased: free text');
    table.increments('id').comment('Order of deciding');
    table.string('kind', 32).notNullable().comment('Kind of the ledger entry');
    table.text('subject').notNullable().comment('As the ledger names it');
    table.text('reason').notNullable();
    table.text('decided_by').notNullable().comment('User or service ref');
    table.string('decided_at', 24).notNullable().comment('ISO time in UTC');
    table.index(['decided_at'], 'decision_reasons_at_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('decision_reasons');
};
