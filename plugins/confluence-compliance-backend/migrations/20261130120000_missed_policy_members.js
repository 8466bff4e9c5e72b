// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('policy_group_members', table => {
    table
      .string('missed_since', 24)
      .nullable()
      .comment('First of the reads in a row that did not find them');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('policy_group_members', table => {
    table.dropColumn('missed_since');
  });
};
