// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('policy_approvals', table => {
    table.comment('Versions of pages that somebody approved as a policy');
    table.uuid('id').primary();
    table.text('policy').notNullable().comment('Id of the policy');
    table.text('connection').notNullable();
    table.text('page_id').notNullable();
    table.integer('version').notNullable();
    table.boolean('minor_edit').notNullable();
    table.string('content_hash', 64).notNullable().comment('SHA-256, hex');
    table
      .text('blocks')
      .notNullable()
      .comment('What stood there as text, JSON, to be compared with');
    table.text('note').nullable();
    table.text('approved_by').notNullable().comment('User or service ref');
    table.string('approved_at', 24).notNullable().comment('ISO time in UTC');
    table.unique(['policy', 'connection', 'page_id', 'version'], {
      indexName: 'policy_approvals_version_uidx',
    });
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('policy_approvals');
};
