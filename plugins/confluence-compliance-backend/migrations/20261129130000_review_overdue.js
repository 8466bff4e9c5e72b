// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('reviews', table => {
    table
      .string('overdue_rule', 16)
      .notNullable()
      .defaultTo('keep-open')
      .comment('What becomes of items that are undecided when it is due');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('reviews', table => {
    table.dropColumn('overdue_rule');
  });
};
