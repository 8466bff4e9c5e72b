// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('check_runs', table => {
    table.integer('judged').nullable().comment('Subjects of the last run');
    table
      .integer('expected')
      .nullable()
      .comment('Subjects that had results before the last run');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('check_runs', table => {
    table.dropColumn('judged');
    table.dropColumn('expected');
  });
};
