// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('finding_owners', table => {
    table.comment('Who looks after a finding, now');
    table.text('source').notNullable().comment('Connection');
    table.text('key').notNullable().comment('Key of the result');
    table.string('check_id', 100).notNullable();
    table.text('owner').notNullable().comment('Entity ref');
    table.text('assigned_by').notNullable();
    table.string('assigned_at', 24).notNullable().comment('ISO time in UTC');
    table.primary(['source', 'key']);
    table.index(['owner', 'source', 'key'], 'finding_owners_owner_idx');
    table.index(['check_id', 'source', 'key'], 'finding_owners_check_idx');
  });
  await knex.schema.createTable('finding_comments', table => {
    table.comment('What people wrote about findings: free text');
    table.bigIncrements('ordinal').comment('Order of writing');
    table.string('id', 36).notNullable().unique();
    table.text('source').notNullable().comment('Connection');
    table.text('key').notNullable().comment('Key of the result');
    table.text('text').notNullable();
    table.text('author').notNullable().comment('User or service ref');
    table.string('at', 24).notNullable().comment('ISO time in UTC');
    table.index(['source', 'key', 'ordinal'], 'finding_comments_of_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('finding_comments');
  await knex.schema.dropTable('finding_owners');
};
