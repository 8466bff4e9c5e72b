// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('policy_structures', table => {
    table.comment(
      'What was looked for in the text of policies, and not the text',
    );
    table.text('policy').notNullable().comment('Id of the policy');
    table.text('connection').notNullable();
    table.text('page_id').notNullable();
    table.integer('version').notNullable();
    table
      .string('rule_hash', 64)
      .notNullable()
      .comment('SHA-256 of what was looked for, hex');
    table.text('found').nullable().comment('JSON; null where it was not read');
    table.string('failed', 100).nullable().comment('Why it was not read');
    table.string('read_at', 24).notNullable().comment('ISO time in UTC');
    table.primary(['policy', 'connection']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('policy_structures');
};
