// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('policy_mappings', table => {
    table.comment('Pages of policies that somebody chose in the portal');
    table.string('policy', 63).primary().comment('Id of the document');
    table.text('connection').notNullable();
    table.text('page').notNullable().comment('JSON: how the page is found');
    table.string('salt', 32).notNullable().comment('Of its hash in the ledger');
    table.text('mapped_by').notNullable().comment('User or service ref');
    table.string('mapped_at', 24).notNullable().comment('ISO time in UTC');
    table.index(['connection'], 'policy_mappings_connection_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('policy_mappings');
};
