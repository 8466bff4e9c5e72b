// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('policy_acknowledgements', table => {
    table.comment('Versions of pages of policies that people say to have read');
    table.uuid('id').primary();
    table.text('policy').notNullable().comment('Id of the policy');
    table.text('connection').notNullable();
    table.text('page_id').notNullable();
    table.text('person').notNullable().comment('User ref');
    table.integer('version').notNullable();
    table.string('content_hash', 64).notNullable().comment('SHA-256, hex');
    table.string('acknowledged_at', 24).notNullable().comment('ISO time, UTC');
    table.index(
      ['policy', 'connection', 'page_id', 'person', 'version'],
      'policy_acknowledgements_person_idx',
    );
    table.index('acknowledged_at', 'policy_acknowledgements_at_idx');
  });
  await knex.schema.createTable('policy_groups', table => {
    table.comment('Groups whom policies concern, as the catalog was last read');
    table.text('group_ref').primary();
    table
      .string('read_at', 24)
      .nullable()
      .comment('Null before the first read');
    table.text('failed').nullable().comment('Why the last read failed');
  });
  await knex.schema.createTable('policy_group_members', table => {
    table.comment('Who is in them, also through groups within');
    table.text('group_ref').notNullable();
    table.text('person').notNullable().comment('User ref');
    table.primary(['group_ref', 'person']);
    table.index('person', 'policy_group_members_person_idx');
  });
  await knex.schema.createTable('policy_reminders', table => {
    table.comment('Days on which people were reminded of a policy');
    table.text('policy').notNullable();
    table.string('day', 10).notNullable().comment('ISO date in UTC');
    table.primary(['policy', 'day']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('policy_reminders');
  await knex.schema.dropTable('policy_group_members');
  await knex.schema.dropTable('policy_groups');
  await knex.schema.dropTable('policy_acknowledgements');
};
