// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('policy_editors', table => {
    table.comment('Whom the pages of policies let edit, as last read');
    table.text('policy').notNullable().comment('Id of the policy');
    table.text('connection').notNullable();
    table.text('page_id').notNullable();
    table.text('said').nullable().comment('JSON: ids of accounts and groups');
    table.string('read_at', 24).nullable().comment('When it was said, in UTC');
    table.string('failed', 100).nullable().comment('Why it was not read since');
    table.string('tried_at', 24).notNullable().comment('ISO time in UTC');
    table.primary(['policy', 'connection']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('policy_editors');
};
